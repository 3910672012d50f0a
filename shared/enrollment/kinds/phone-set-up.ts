/** Setting up a telephone: numbers that may be called, a method that they can take, a PIN that is worth something. */
import { seal } from '../../platform/crypto/seal.ts';
import { Problem } from '../../platform/problems/problem.ts';
import { sealBinding } from '../../factors/kinds/factor-kind.ts';
import { hashPin, refuseUnfit } from '../../factors/kinds/phone.ts';
import { canBeTexted, readPhoneNumber, type NumbersInput, type PhoneNumberInput } from '../../factors/phone-number.ts';
import { openNumber } from '../../factors/phone-hint.ts';
import { checkPin } from '../../factors/pin.ts';
import { packNumber, type UnpackedNumber } from '../../factors/sealed-number.ts';
import { isPhoneMethod, rowOf, type PhoneMethod } from '../../user-state/methods.ts';
import type { PhoneFactor, PhoneNumberEntry, PhoneSlot } from '../../user-state/factor.ts';
import type { SetUpContext, SetUpInput, SetUpKind } from './set-up-kind.ts';

/** One phone factor: one method, one PIN, two numbers. */
export interface PhoneInput extends SetUpInput {
  readonly method: PhoneMethod;
  readonly pin?: string | undefined;
  readonly numbers: NumbersInput;
}

interface SealedNumber {
  readonly entry: PhoneNumberEntry;
  readonly number: UnpackedNumber;
}

/** What anyone may know of a number: no PIN is made of it. */
const knownOf = ({ e164, extension = '' }: UnpackedNumber): string => `${e164} ${extension}`;

function sealNumber({ userKey, state, random, policy, factorId, now }: SetUpContext, slot: PhoneSlot, input: PhoneNumberInput): SealedNumber {
  const number = readPhoneNumber(input, policy.countries);
  const sealed = new Uint8Array(seal(userKey, 1, packNumber(number), sealBinding('phone', state, factorId), random));
  const entry = { slot, number: sealed, ...(number.extension === undefined ? {} : { hasExtension: true }), proved: false, proposedAt: now };
  return { entry, number };
}

function sealNumbers(context: SetUpContext, { primary, secondary }: NumbersInput): SealedNumber[] {
  const given: [PhoneSlot, PhoneNumberInput | undefined][] = [['primary', primary], ['secondary', secondary]];
  return given.flatMap(([slot, input]) => (input === undefined ? [] : [sealNumber(context, slot, input)]));
}

/** A method that texts takes numbers that can be texted, and one that waits for a reply those from which one arrives. */
export function refuseUnreachable({ canReceiveReplies }: SetUpContext, method: PhoneMethod, numbers: readonly UnpackedNumber[]): void {
  const { reachedBy, answeredBy } = rowOf({ kind: 'phone', method }) ?? {};
  if (reachedBy !== 'text') return;
  if (numbers.some(({ extension }) => extension !== undefined)) throw new Problem('number-refused', { detail: 'A number with an extension cannot be texted.' });
  if (!numbers.every(({ e164 }) => canBeTexted(e164))) throw new Problem('number-refused', { detail: 'A fixed line cannot be texted.' });
  if (answeredBy === 'text' && !numbers.every(({ country }) => canReceiveReplies(country))) {
    throw new Problem('number-refused', { detail: 'Replies from this country cannot be received: choose another method.' });
  }
}

function makePin({ keys, state, policy, factorId }: SetUpContext, pin: string, numbers: readonly string[]): Uint8Array {
  checkPin(pin, policy.pin.minimumLength, numbers);
  return hashPin(keys, state, factorId, pin);
}

export const phoneSetUp: SetUpKind<PhoneFactor, PhoneInput> = {
  create: (context, { label, method, pin, numbers }) => {
    if (!numbers.primary) throw new Problem('request-invalid', { detail: 'A phone needs a primary number.' });
    const sealed = sealNumbers(context, numbers);
    refuseUnreachable(context, method, sealed.map(({ number }) => number));
    const factor: PhoneFactor = {
      id: context.factorId,
      kind: 'phone',
      status: 'proving',
      ...(label === undefined ? {} : { label }),
      createdAt: context.now,
      method,
      numbers: sealed.map(({ entry }) => entry),
      ...(pin === undefined ? {} : { pin: makePin(context, pin, sealed.map(({ number }) => knownOf(number))) }),
    };
    refuseUnfit(factor);
    return factor;
  },
  change: (context, factor, { method, pin, numbers }) => {
    if (method !== undefined && !isPhoneMethod(method)) throw new Problem('request-invalid', { detail: 'A phone has no such method.' });
    const sealed = sealNumbers(context, numbers ?? {});
    const before = factor.numbers.map((entry) => openNumber(context.userKey, context.state, factor.id, entry));
    const known = [...before, ...sealed.map(({ number }) => number)];
    refuseUnreachable(context, method ?? factor.method, method === undefined ? sealed.map(({ number }) => number) : known);
    return {
      ...(method ? { method } : {}),
      ...(pin === undefined ? {} : { pin: makePin(context, pin, known.map(knownOf)) }),
      ...(sealed.length > 0 ? { numbers: sealed.map(({ entry }) => entry) } : {}),
    };
  },
};
