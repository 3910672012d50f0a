/** Starts the call for a challenge: decided and paid for in one transaction, then handed to the workflow under one name. */
import { openNumber } from '../factors/phone-hint.ts';
import { callPartition, fromCallItem, newCallWrite, type CallRecord } from '../delivery/call-record.ts';
import type { CallWorkflow } from '../delivery/call-workflow.ts';
import type { Attributes } from '../platform/dynamo/attributes.ts';
import { Problem } from '../platform/problems/problem.ts';
import { spendWrites, type SpendWrites } from '../spend/send-budget.ts';
import { openUserKey } from '../users/user-keys.ts';
import { commit } from '../user-state/commit.ts';
import { findChallenge, findFactor } from '../user-state/find.ts';
import type { UserState } from '../user-state/user-state.ts';
import { challengeIdOf, viewChallenge, type ChallengeView } from './challenge-view.ts';
import { decideSend } from './decide-send.ts';
import type { SendOutcome } from './outcomes.ts';
import { numbersToCall } from './phone-call/numbers-to-call.ts';
import { throwRefused, type About, type SignInDependencies } from './sign-in-dependencies.ts';

export interface SendDependencies extends SignInDependencies {
  /** Absent in a stage without telephony. */
  readonly workflow: CallWorkflow | undefined;
}

export interface SendInput {
  readonly challengeId: Uint8Array;
  readonly factorId: Uint8Array;
  /** As the one read found it. */
  readonly callItem: Attributes | undefined;
}

export const executionName = (challengeId: Uint8Array, send: number): string => `${Buffer.from(challengeId).toString('hex')}-${send}`;

/** The first number that this send will call: the one that is paid for. */
function spendFor(deps: SendDependencies, about: About, state: UserState, input: SendInput, now: number): SpendWrites {
  const factor = findFactor(state, input.factorId);
  const challenge = findChallenge(state, input.challengeId);
  const [entry] = challenge && factor?.kind === 'phone' ? numbersToCall(challenge, factor) : [];
  if (!factor || !entry) throw new Problem('factor-not-usable');
  const number = openNumber(openUserKey(deps.keys, about.organization, state), state, factor.id, entry);
  const { policy } = about.organization;
  if (!policy.countries.includes(number.country)) throw new Problem('policy-forbids', { detail: 'The policy no longer allows this number.' });
  const { organizationKey } = about.home;
  const paid = { ...number, organizationKey, organizationPerDay: policy.spend.sendsPerDay };
  return spendWrites(deps.table.name, deps.keys, paid, now);
}

const twoDigits = (deps: SendDependencies): string => String(deps.random.integer(90) + 10);

function recallSend(state: UserState, challengeId: Uint8Array): SendOutcome {
  const send = findChallenge(state, challengeId)?.sending?.send;
  return send ? { status: 'sent', challengeId, send } : { status: 'over', challengeId };
}

async function commitSend(deps: SendDependencies, about: About, input: SendInput, call: CallRecord | undefined): Promise<{ outcome: SendOutcome; state: UserState }> {
  const { home, organization } = about;
  const { challengeId, factorId } = input;
  const show = twoDigits(deps);
  let isUnderWay = call !== undefined && !call.done;
  let spend: SpendWrites | undefined;
  return commit<SendOutcome>(deps, {
    ...about,
    decide: (read, now) => decideSend(read, { challengeId, factorId, policy: organization.policy, show, isUnderWay }, now),
    recall: (_receipt, state) => recallSend(state, challengeId),
    also: ({ outcome, next }) => {
      if (outcome.status !== 'sent') return [];
      spend = spendFor(deps, about, next, input, next.lastAt);
      const record = { challengeId: challengeIdOf(deps.keys, home, challengeId), ...home, factorId, send: outcome.send };
      return [newCallWrite(deps.table.name, callPartition(challengeId), record, next.lastAt), ...spend.writes];
    },
    refused: (position) => {
      if (position > 0) throw spend?.refusal(position - 1) ?? new Problem('too-many-sends');
      isUnderWay = true;
    },
  });
}

export async function sendChallenge(deps: SendDependencies, about: About, input: SendInput): Promise<ChallengeView> {
  const { challengeId } = input;
  if (!deps.workflow) throw new Problem('factor-not-usable', { detail: 'This installation has no telephony.' });
  const call = fromCallItem(input.callItem);
  const { outcome, state } = await commitSend(deps, about, input, call);
  if (outcome.status === 'refused') return throwRefused(outcome);
  const send = findChallenge(state, challengeId)?.sending?.send;
  if (outcome.status !== 'over' && send) {
    // Also for a call under way: should its start have been lost, the same name starts it, and no other.
    const callKey = callPartition(challengeId);
    await deps.workflow.start(executionName(challengeId, send), { challengeId: challengeIdOf(deps.keys, about.home, challengeId), callKey });
  }
  const view = viewChallenge(deps, { ...about, state, call: outcome.status === 'under-way' ? call : undefined, now: deps.clock.now() }, challengeId);
  if (!view) throw new Problem('not-found');
  return view;
}
