/** The number that an administrator enables somebody by: checked as in a set-up, and sealed for that enrollment alone (row 0.4). */
import { sealBinding } from '../../factors/kinds/factor-kind.ts';
import { maskNumber } from '../../factors/phone-hint.ts';
import { readPhoneNumber, type PhoneNumberInput } from '../../factors/phone-number.ts';
import { packNumber, unpackNumber, type UnpackedNumber } from '../../factors/sealed-number.ts';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import { open, seal } from '../../platform/crypto/seal.ts';
import { Problem } from '../../platform/problems/problem.ts';
import { allowsMethod, isStrongEnough, type Policy } from '../../policy/policy.ts';
import type { Organization } from '../../organizations/organization.ts';
import type { Carrier, PhoneMethod } from '../../user-state/methods.ts';
import { methodOf, rowOf, strengthOf } from '../../user-state/methods.ts';
import type { EnrollmentRecord } from '../../user-state/enrollment-item.ts';
import type { UserState } from '../../user-state/user-state.ts';
import { openUserKey } from '../../users/user-keys.ts';
import { refuseUnreachable } from '../kinds/phone-set-up.ts';
import type { SetUpContext } from '../kinds/set-up-kind.ts';

export interface EnrolledPhone {
  readonly method: PhoneMethod;
  readonly number: Uint8Array;
}

/** A method that asks nothing of the telephone but that it rings, and of the person that they know their PIN. */
export const defaultMethod: PhoneMethod = 'call-pin';

function needMethod(method: PhoneMethod, policy: Policy, canReach: (carrier: Carrier) => boolean): void {
  const asked = { kind: 'phone', method };
  const isAllowed = allowsMethod(policy, methodOf(asked)) && isStrongEnough(strengthOf(methodOf(asked)), policy.minimumAcr);
  if (!isAllowed) throw new Problem('policy-forbids', { detail: 'The policy does not allow this method.' });
  const carrier = rowOf(asked)?.reachedBy;
  if (carrier && !canReach(carrier)) throw new Problem('policy-forbids', { detail: 'This installation cannot reach anybody so.' });
}

export interface EnrollPhoneInput {
  readonly number: PhoneNumberInput;
  readonly method?: PhoneMethod | undefined;
}

/** `context.factorId` is the enrollment's id here: the seal is bound to it. */
export function enrollPhone(context: SetUpContext, { number: input, method = defaultMethod }: EnrollPhoneInput, canReach: (carrier: Carrier) => boolean): EnrolledPhone {
  needMethod(method, context.policy, canReach);
  const number = readPhoneNumber(input, context.policy.countries);
  refuseUnreachable(context, method, [number]);
  if (number.extension !== undefined && method !== 'call-pin') {
    throw new Problem('number-refused', { detail: 'A number with an extension can only take the call with a PIN.' });
  }
  const sealed = seal(context.userKey, 1, packNumber(number), sealBinding('enrollment', context.state, context.factorId), context.random);
  return { method, number: new Uint8Array(sealed) };
}

export interface NumberKeeper {
  readonly keys: KeyRing;
  readonly organization: Organization;
  readonly state: UserState;
}

/** Undefined for an invitation without a number. */
export function openEnrolledNumber({ keys, organization, state }: NumberKeeper, enrollmentId: Uint8Array, { number }: Pick<EnrollmentRecord, 'number'>): UnpackedNumber | undefined {
  if (!number) return undefined;
  return unpackNumber(open(openUserKey(keys, organization, state), number, sealBinding('enrollment', state, enrollmentId)));
}

/** As a set-up takes it: a string with its extension, in the form that it reads again. */
export const asNumberInput = ({ e164, extension }: UnpackedNumber): PhoneNumberInput => (extension === undefined ? e164 : `${e164} ext. ${extension}`);

export const hintOfNumber = ({ e164, extension }: UnpackedNumber): { hint: string; hasExtension: boolean } => ({
  hint: maskNumber(e164),
  hasExtension: extension !== undefined,
});
