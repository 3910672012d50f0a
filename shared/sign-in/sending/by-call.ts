/** Reaching a person by a call: the workflow that places it is started under a name made of challenge and send. */
import { newCallWrite } from '../../delivery/call-record.ts';
import type { CallWorkflow } from '../../delivery/workflows.ts';
import { isMessage } from '../../delivery/message-record.ts';
import { makeDigits } from '../../factors/sent-code.ts';
import { Problem } from '../../platform/problems/problem.ts';
import type { SpendWrites } from '../../spend/send-budget.ts';
import { rowOf } from '../../user-state/methods.ts';
import { callCost } from '../../spend/send-prices.ts';
import type { UserState } from '../../user-state/user-state.ts';
import { payForNumber } from './pay-for-number.ts';
import type { Sender } from './sender.ts';

export const executionName = (challengeId: Uint8Array, send: number): string => `${Buffer.from(challengeId).toString('hex')}-${send}`;

export function byCall(workflow: CallWorkflow): Sender {
  return {
    prepare: (subject) => {
      const { deps, about, challengeId, challengeName, factorId, partition, record } = subject;
      const call = record && !isMessage(record) ? record : undefined;
      const digits = makeDigits(deps.random);
      // The first number that this send will call is the one that is paid for.
      const pay = (state: UserState) => payForNumber(subject, state, callCost, ([first]) => first);
      let isUnderWay = call?.done === false;
      let spend: SpendWrites | undefined;
      return {
        get isUnderWay() {
          return isUnderWay;
        },
        cost: (state) => pay(state).cost,
        keep: (factor) => (rowOf(factor)?.makes === 'digits' ? { show: digits } : {}),
        also: (next, send) => {
          ({ spend } = pay(next));
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
