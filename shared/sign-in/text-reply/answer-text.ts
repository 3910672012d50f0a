/**
 * A text that somebody sent us: found by the number it came from, decided like any answer, and forgotten. A sender can be
 * forged, so the number only says which challenge is meant; what is written must answer it. Nobody is told anything.
 */
import { usedMessageWrite } from '../../delivery/message-record.ts';
import { fromReplyItem, releaseNumberWrite, replyKey, type ReplyPointer } from '../../delivery/reply-pointer.ts';
import { callPartition } from '../../delivery/call-record.ts';
import { openNumber } from '../../factors/phone-hint.ts';
import { readReply } from '../../factors/read-reply.ts';
import { fromOrganizationItem, organizationItemKey, type Organization } from '../../organizations/organization.ts';
import type { Write } from '../../platform/dynamo/table.ts';
import { readObjectId, type HomeKeys } from '../../platform/object-id.ts';
import { openUserKey } from '../../users/user-keys.ts';
import { commit, type CommitDependencies } from '../../user-state/commit.ts';
import { findChallenge, findFactor } from '../../user-state/find.ts';
import { markRequest } from '../../user-state/receipts.ts';
import { fromUserStateItem, isTombstone, userStateKey } from '../../user-state/user-state-item.ts';
import type { Factor } from '../../user-state/factor.ts';
import type { UserState } from '../../user-state/user-state.ts';
import { decideAnswering, recallAnswer } from '../answering.ts';
import type { AnswerOutcome } from '../outcomes.ts';
import { withoutLicense } from '../without-license.ts';
import { numbersToCall } from '../phone-call/numbers-to-call.ts';

export interface ReceivedText {
  readonly from: string;
  readonly text: string;
  /** The same for every time that the same text is delivered. */
  readonly messageId: string;
  /** The text of ours that was the last to this number. */
  readonly previousMessageId?: string | undefined;
}

/** For our log: the sender hears nothing of it. */
export type ReceivedOutcome = AnswerOutcome['status'] | 'fraud-reported' | 'stop' | 'help' | 'unknown';

interface ReplySubject {
  readonly pointer: ReplyPointer;
  readonly challengeId: Uint8Array;
  readonly home: HomeKeys;
  readonly organization: Organization;
  readonly state: UserState;
}

const e164 = (number: string): string => `+${number.replace(/\D/g, '')}`;

/** Undefined for a number that nobody waits for, and for a user who was erased meanwhile (X31). */
async function readSubject({ table, keys }: CommitDependencies, number: string): Promise<ReplySubject | undefined> {
  const [item] = await table.read([replyKey(keys, number)]);
  const pointer = fromReplyItem(item);
  const id = pointer && readObjectId(keys, 'chl', pointer.challengeId);
  if (!id) return undefined;
  const { organizationKey, userKey } = id;
  const [stateItem, organizationItem] = await table.read([userStateKey(userKey), organizationItemKey(organizationKey)]);
  if (!stateItem || isTombstone(stateItem) || !organizationItem) return undefined;
  const state = fromUserStateItem(stateItem);
  return { pointer, challengeId: id.random, home: { organizationKey, userKey }, organization: fromOrganizationItem(organizationItem), state };
}

/** Only while its number is still the one that was texted: a reply from a number that was replaced is nobody's (X34). */
function factorIn({ keys }: CommitDependencies, { pointer, challengeId, organization }: ReplySubject, number: string) {
  return (state: UserState): Factor | undefined => {
    const factor = findFactor(state, pointer.factorId);
    const challenge = findChallenge(state, challengeId);
    if (factor?.kind !== 'phone' || !challenge) return undefined;
    const userKey = openUserKey(keys, organization, state);
    return numbersToCall(challenge, factor).some((entry) => openNumber(userKey, state, factor.id, entry).e164 === number) ? factor : undefined;
  };
}

const isOver = ({ status }: AnswerOutcome): boolean => status !== 'pending';

/** Once it is decided the number is free for whoever shares it, and the carrier may learn that its text was of use. */
function writesOf(deps: CommitDependencies, { pointer, challengeId }: ReplySubject, received: ReceivedText, outcome: AnswerOutcome): { release: Write[]; used: Write[] } {
  const { name } = deps.table;
  const { previousMessageId } = received;
  const isUseful = outcome.status === 'approved' && previousMessageId !== undefined;
  return {
    release: isOver(outcome) ? [releaseNumberWrite(name, replyKey(deps.keys, e164(received.from)), pointer)] : [],
    used: isUseful ? [usedMessageWrite(name, callPartition(challengeId), deps.clock.now(), previousMessageId)] : [],
  };
}

export async function answerText(deps: CommitDependencies, received: ReceivedText, requestId: string): Promise<ReceivedOutcome> {
  const { says } = readReply(received.text);
  // Before anything is looked up: the words of the carriers answer nothing.
  if (says === 'stop' || says === 'help') return says;
  const number = e164(received.from);
  const subject = await readSubject(deps, number);
  if (!subject) return 'unknown';
  const { home, organization, state, challengeId, pointer } = subject;
  const mark = markRequest(deps.keys, 'text', received.messageId, [pointer.challengeId]);
  const about = { home, organization, state, mark, context: { requestId, door: 'text', policyVersion: organization.policy.version } } as const;
  const answering = { challengeId, answer: received.text, channel: 'text', call: { send: pointer.send }, factorIn: factorIn(deps, subject, number) } as const;
  let mayRelease = true;
  const { outcome } = await commit<AnswerOutcome>(deps, {
    ...about,
    decide: decideAnswering(deps, about, answering),
    recall: recallAnswer(challengeId),
    also: (changed) => {
      const { release, used } = writesOf(deps, subject, received, changed.outcome);
      return [...used, ...(mayRelease ? release : [])];
    },
    // Another challenge has taken the number since: it keeps it, and this one is decided all the same.
    refused: () => {
      mayRelease = false;
    },
  }).catch((error: unknown) => withoutLicense(error));
  return outcome.status === 'denied' && outcome.reason === 'fraud-reported' ? 'fraud-reported' : outcome.status;
}
