/** Our own app on a paired device: approve, type the PIN and approve, or pick the number on the screen; decline; report fraud. */
import { sameBytes } from '../../platform/crypto/keyed-hash.ts';
import { Problem } from '../../platform/problems/problem.ts';
import { pushLife } from '../../user-state/caps.ts';
import { rowOf } from '../../user-state/methods.ts';
import type { AppFactor } from '../../user-state/factor.ts';
import type { FactorKind, OwnChanges, Verdict, VerifyInput } from './factor-kind.ts';
import { hashPin } from './phone.ts';

/** What the signed answer of a device comes to, as one text: the word, and what was typed or picked with it. */
export type AppDecision = 'approve' | 'decline' | 'fraud';

export const appAnswer = (decision: AppDecision, typed = ''): string => `${decision} ${typed}`;

const takesPin = (factor: AppFactor): boolean => rowOf(factor)?.takesPin === true;

function judgePin(factor: AppFactor, typed: string, { keys, state }: VerifyInput): Verdict {
  const pin = /^\d{4,8}$/.test(typed) ? typed : '';
  const isRight = factor.pin !== undefined && sameBytes(factor.pin, hashPin(keys, state, factor.id, pin)) && pin !== '';
  return isRight ? { is: 'right' } : { is: 'wrong', wrongPin: true };
}

/** Three to choose from: a second try would be half a guess (D19). */
function judgeNumber(shown: string | undefined, picked: string): Verdict {
  const isRight = shown !== undefined && sameBytes(Buffer.from(shown), Buffer.from(picked));
  return isRight ? { is: 'right' } : { is: 'wrong', ends: true };
}

function verifyApp(factor: AppFactor, input: VerifyInput): Verdict {
  const { answer, now, state, sending } = input;
  const [decision, typed = ''] = answer.split(' ');
  if (decision === 'fraud') return { is: 'fraud' };
  if (decision === 'decline') return { is: 'declined' };
  // A push that lay there unseen is not approved later, by whoever finds the telephone.
  if (decision !== 'approve' || state.pushes === undefined || now >= state.pushes.at + pushLife) return { is: 'unasked' };
  switch (factor.method) {
    case 'approve':
      return { is: 'right' };
    case 'approve-pin':
      return judgePin(factor, typed, input);
    case 'match':
      return judgeNumber(sending?.show, typed);
  }
}

/** What an app cannot be, however it came to it. */
export function refusePinless(factor: AppFactor): void {
  if (takesPin(factor) && !factor.pin) throw new Problem('pin-refused', { detail: 'This method needs a PIN.' });
}

function changeApp(factor: AppFactor, { method, pin }: OwnChanges<AppFactor>): ReturnType<NonNullable<FactorKind<AppFactor>['change']>> {
  const changed = { ...factor, ...(method ? { method } : {}), ...(pin ? { pin } : {}) };
  refusePinless(changed);
  return { factor: changed, isAskedOtherwise: true };
}

export const app: FactorKind<AppFactor> = {
  most: 2,
  methodReferences: (factor) => (takesPin(factor) ? ['swk', 'pin'] : ['swk']),
  isReady: (factor) => factor.deviceKey !== undefined && (!takesPin(factor) || factor.pin !== undefined),
  verify: verifyApp,
  accept: ({ pinFailures: _pinFailures, ...factor }) => factor,
  change: changeApp,
};
