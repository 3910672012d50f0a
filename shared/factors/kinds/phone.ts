/** A telephone that is called: press #, type the PIN, or type the number on the screen. 9, or 0, says: that was not me. */
import { keyedHash, sameBytes } from '../../platform/crypto/keyed-hash.ts';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import type { PhoneFactor, UserState } from '../../user-state/user-state.ts';
import { sealBinding, type FactorKind, type Verdict } from './factor-kind.ts';

/** What the contact flow hands over when nobody typed. */
const silence = new Set(['', 'Timeout']);
const fraudKeys = new Set(['9', '0']);
const pinFormat = [1, 1];
const pinHashLength = 16;

/** Format, key version, keyed hash. The key is derived from the root key, which is not in the table. */
export function hashPin(keys: KeyRing, state: Pick<UserState, 'organizationId' | 'userId'>, factorId: Uint8Array, pin: string): Uint8Array {
  const hash = keyedHash(keys.pins, sealBinding('pin', state, factorId), pin);
  return new Uint8Array([...pinFormat, ...hash.subarray(0, pinHashLength)]);
}

function judgePin(factor: PhoneFactor, answer: string, keys: KeyRing, state: UserState): Verdict {
  const typed = /^\d{4,8}$/.test(answer) ? answer : '';
  const isRight = factor.pin !== undefined && sameBytes(factor.pin, hashPin(keys, state, factor.id, typed)) && typed !== '';
  return isRight ? { is: 'right' } : { is: 'wrong', wrongPin: true };
}

export const phone: FactorKind<PhoneFactor> = {
  strength: 'pstn',
  door: 'call',
  sends: true,
  methodOf: ({ method }) => `phone:${method}`,
  methodReferences: ({ method }) => (method === 'call-pin' ? ['tel', 'pin'] : ['tel']),
  isReady: ({ numbers, method, pin }) => numbers.some(({ proved }) => proved) && (method !== 'call-pin' || pin !== undefined),
  verify: (factor, { answer, challenge, keys, state }) => {
    if (silence.has(answer)) return { is: 'nothing' };
    if (fraudKeys.has(answer)) return { is: 'fraud' };
    switch (factor.method) {
      case 'call':
        return answer === '#' ? { is: 'right' } : { is: 'nothing' };
      case 'call-match': {
        const shown = challenge?.sending?.show;
        return shown !== undefined && sameBytes(Buffer.from(shown), Buffer.from(answer)) ? { is: 'right' } : { is: 'wrong' };
      }
      case 'call-pin':
        return judgePin(factor, answer, keys, state);
    }
  },
  accept: ({ pinFailures: _pinFailures, ...factor }) => factor,
};
