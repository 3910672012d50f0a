/**
 * A telephone. Called: press #, type the PIN, or type the number on the screen; 9, or 0, says: that was not me. Texted:
 * type the code, or reply with it, with it and the PIN, or with the number on the screen; NO says: that was not me.
 */
import { keyedHash, sameBytes } from '../../platform/crypto/keyed-hash.ts';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import { Problem } from '../../platform/problems/problem.ts';
import { rowOf } from '../../user-state/methods.ts';
import type { PhoneFactor, PhoneNumberEntry } from '../../user-state/factor.ts';
import type { ProvedPart, UserState } from '../../user-state/user-state.ts';
import { bySlot, maskNumber, openNumber } from '../phone-hint.ts';
import { judgeCode } from '../sent-code.ts';
import { sealBinding, type FactorKind, type KindView, type OwnChanges, type Verdict, type VerifyInput, type ViewInput } from './factor-kind.ts';
import { judgeDigits, judgeReply } from './phone-text.ts';

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

const takesPin = (factor: PhoneFactor): boolean => rowOf(factor)?.takesPin === true;

/** The newly proved number takes the place of the one that was proved before in its slot. */
function proveNumber(factor: PhoneFactor, part: ProvedPart): PhoneFactor {
  const isNew = factor.numbers.some((entry) => entry.slot === part && !entry.proved);
  if (!isNew) return factor;
  const numbers = factor.numbers
    .filter((entry) => entry.slot !== part || !entry.proved)
    .map((entry): PhoneNumberEntry => {
      if (entry.slot !== part) return entry;
      const { proposedAt: _proposedAt, ...own } = entry;
      return { ...own, proved: true };
    });
  return { ...factor, numbers };
}

/** The number to prove next: the primary first. */
function unprovedSlot({ numbers }: PhoneFactor): ProvedPart | undefined {
  return [...numbers].sort(bySlot).find(({ proved }) => !proved)?.slot;
}

/** What a phone cannot be, however it came to it. */
export function refuseUnfit(factor: PhoneFactor): void {
  if (takesPin(factor) && !factor.pin) throw new Problem('pin-refused', { detail: 'This method needs a PIN.' });
  const hasExtension = factor.numbers.some((entry) => entry.hasExtension);
  if (hasExtension && factor.method !== 'call-pin') {
    throw new Problem('number-refused', { detail: 'A number with an extension can only take the call with a PIN.' });
  }
}

function changePhone(factor: PhoneFactor, { method, pin, numbers = [] }: OwnChanges<PhoneFactor>): ReturnType<NonNullable<FactorKind<PhoneFactor>['change']>> {
  const [added, ...more] = numbers;
  if (more.length > 0) throw new Problem('request-invalid', { detail: 'Change one number at a time: each is called.' });
  const kept = added ? factor.numbers.filter(({ proved }) => proved) : factor.numbers;
  const changed = { ...factor, ...(method ? { method } : {}), ...(pin ? { pin } : {}), numbers: [...kept, ...numbers] };
  refuseUnfit(changed);
  return { factor: changed, isAskedOtherwise: method !== undefined || pin !== undefined, ...(added ? { reach: added.slot } : {}) };
}

/** One that is being proved is shown in place of the one it will replace; the hint is of the one that is called. */
function viewPhone(factor: PhoneFactor, { state, userKey }: ViewInput): KindView {
  const numbers: { [slot: string]: unknown } = {};
  const key = userKey();
  const hintOf = (entry: PhoneNumberEntry): string => maskNumber(openNumber(key, state, factor.id, entry).e164);
  for (const entry of [...factor.numbers].sort((a, b) => Number(b.proved) - Number(a.proved))) {
    numbers[entry.slot] = { hint: hintOf(entry), hasExtension: entry.hasExtension === true, proved: entry.proved };
  }
  const sorted = [...factor.numbers].sort(bySlot);
  const shown = sorted.find(({ proved }) => proved) ?? sorted[0];
  return { ...(shown ? { hint: hintOf(shown) } : {}), numbers };
}

function judgeKeys(factor: PhoneFactor, { answer, sending, keys, state }: VerifyInput): Verdict {
  if (silence.has(answer)) return { is: 'nothing' };
  if (fraudKeys.has(answer)) return { is: 'fraud' };
  if (factor.method === 'call') return answer === '#' ? { is: 'right' } : { is: 'nothing' };
  return factor.method === 'call-match' ? judgeDigits(sending?.show, answer) : judgePin(factor, answer, keys, state);
}

function verifyPhone(factor: PhoneFactor, input: VerifyInput): Verdict {
  switch (rowOf(factor)?.answeredBy) {
    case 'call':
      return judgeKeys(factor, input);
    case 'text':
      return judgeReply(factor, input, (pin) => judgePin(factor, pin, input.keys, input.state));
    default:
      return judgeCode(factor, input);
  }
}

export const phone: FactorKind<PhoneFactor> = {
  most: 1,
  methodReferences: (factor) => (takesPin(factor) ? ['tel', 'pin'] : ['tel']),
  isReady: (factor) => factor.numbers.some(({ proved }) => proved) && (!takesPin(factor) || factor.pin !== undefined),
  verify: verifyPhone,
  accept: ({ pinFailures: _pinFailures, ...factor }) => factor,
  unproved: unprovedSlot,
  prove: proveNumber,
  change: changePhone,
  view: viewPhone,
};
