/** Reaching a person by a call: the workflow that places it is started under a name made of challenge and send. */
import { newCallWrite } from '../../delivery/call-record.ts';
import type { CallWorkflow } from '../../delivery/call-workflow.ts';
import { isMessage } from '../../delivery/message-record.ts';
import { openNumber } from '../../factors/phone-hint.ts';
import { makeDigits } from '../../factors/sent-code.ts';
import { Problem } from '../../platform/problems/problem.ts';
import { spendWrites, type SpendWrites } from '../../spend/send-budget.ts';
import { openUserKey } from '../../users/user-keys.ts';
import { findChallenge, findFactor } from '../../user-state/find.ts';
import { rowOf } from '../../user-state/methods.ts';
import type { UserState } from '../../user-state/user-state.ts';
import { numbersToCall } from '../phone-call/numbers-to-call.ts';
import type { Sender, SendSubject } from './sender.ts';

export const executionName = (challengeId: Uint8Array, send: number): string => `${Buffer.from(challengeId).toString('hex')}-${send}`;

/** The first number that this send will call: the one that is paid for. */
function spendFor({ deps, about, challengeId, factorId }: SendSubject, state: UserState): SpendWrites {
  const factor = findFactor(state, factorId);
  const challenge = findChallenge(state, challengeId);
  const [entry] = challenge && factor?.kind === 'phone' ? numbersToCall(challenge, factor) : [];
  if (!factor || !entry) throw new Problem('factor-not-usable');
  const number = openNumber(openUserKey(deps.keys, about.organization, state), state, factor.id, entry);
  const { policy } = about.organization;
  if (!policy.countries.includes(number.country)) throw new Problem('policy-forbids', { detail: 'The policy no longer allows this number.' });
  const { organizationKey } = about.home;
  const paid = { ...number, organizationKey, organizationPerDay: policy.spend.sendsPerDay, isProof: challenge?.proves !== undefined };
  return spendWrites(deps.table.name, deps.keys, paid, state.lastAt);
}

export function byCall(workflow: CallWorkflow): Sender {
  return {
    prepare: (subject) => {
      const { deps, about, challengeId, challengeName, factorId, partition, record } = subject;
      const call = record && !isMessage(record) ? record : undefined;
      const digits = makeDigits(deps.random);
      let isUnderWay = call?.done === false;
      let spend: SpendWrites | undefined;
      return {
        get isUnderWay() {
          return isUnderWay;
        },
        keep: (factor) => (rowOf(factor)?.makes === 'digits' ? { show: digits } : {}),
        also: (next, send) => {
          spend = spendFor(subject, next);
          const made = { challengeId: challengeName, ...about.home, factorId, send };
          return [newCallWrite(deps.table.name, partition, made, next.lastAt), ...spend.writes];
        },
        refused: (position) => {
          if (position > 0) throw spend?.refusal(position - 1) ?? new Problem('too-many-sends');
          isUnderWay = true;
        },
        start: async (_state, send, isRepeated) => {
          // Also for a call under way: should its start have been lost, the same name starts it, and no other.
          await workflow.start(executionName(challengeId, send), { challengeId: challengeName, callKey: partition });
          return isRepeated ? call : undefined;
        },
      };
    },
  };
}
