/** Reads a challenge, and waits for it to move on when asked to: one read each time it looks. */
import { second } from '../platform/clock.ts';
import { Problem } from '../platform/problems/problem.ts';
import { callKey, callPartition } from '../delivery/call-record.ts';
import { fromSendItem, type SendRecord } from '../delivery/message-record.ts';
import { fromUserStateItem, isTombstone, userStateKey } from '../user-state/user-state-item.ts';
import type { UserState } from '../user-state/user-state.ts';
import { viewChallenge, type ChallengeView } from './challenge-view.ts';
import { needChallenge, type About, type SignInDependencies } from './sign-in-dependencies.ts';

export interface GetInput {
  readonly clientId: string;
  readonly challengeId: Uint8Array;
  readonly record: SendRecord | undefined;
  readonly waitSeconds: number;
}

const betweenLooks = second;

const hasMoved = (before: ChallengeView, after: ChallengeView): boolean =>
  before.status !== after.status ||
  before.progress?.state !== after.progress?.state ||
  before.progress?.attempt !== after.progress?.attempt ||
  before.answersLeft !== after.answersLeft;

export async function getChallenge(deps: SignInDependencies, about: Pick<About, 'home' | 'organization' | 'state'>, input: GetInput): Promise<ChallengeView> {
  const { challengeId, clientId, waitSeconds } = input;
  needChallenge(about.state, challengeId, clientId);
  const look = (state: UserState, record: SendRecord | undefined): ChallengeView => {
    const view = viewChallenge(deps, { ...about, state, record, now: deps.clock.now() }, challengeId);
    if (!view) throw new Problem('not-found');
    return view;
  };
  const first = look(about.state, input.record);
  let view = first;
  const looks = Math.floor((waitSeconds * second) / betweenLooks);
  for (let count = 0; count < looks && view.status === 'pending' && !hasMoved(first, view); count += 1) {
    await deps.pause(betweenLooks);
    const [item, sendItem] = await deps.table.read([userStateKey(about.home.userKey), callKey(callPartition(challengeId))]);
    if (!item || isTombstone(item)) throw new Problem('not-found');
    view = look(fromUserStateItem(item), fromSendItem(sendItem));
  }
  return view;
}
