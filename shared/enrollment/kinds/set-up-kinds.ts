/** The map of what can be set up: one row for each kind, and one for what it is made from. */
import { Problem } from '../../platform/problems/problem.ts';
import type { Factor } from '../../user-state/factor.ts';
import { emailSetUp } from './email-set-up.ts';
import { appSetUp, type AppInput } from './app-set-up.ts';
import { passkeySetUp } from './passkey-set-up.ts';
import { phoneSetUp, type PhoneInput } from './phone-set-up.ts';
import type { SetUpInput, SetUpKind } from './set-up-kind.ts';
import { tokenSetUp, type TokenInput } from './token-set-up.ts';
import { totpSetUp, type TotpInput } from './totp-set-up.ts';

interface Inputs {
  readonly totp: TotpInput;
  readonly phone: PhoneInput;
  readonly app: AppInput;
  readonly passkey: SetUpInput;
  readonly token: TokenInput;
  readonly email: SetUpInput;
}

/** What a person asks for: a kind, and what that kind is made from. */
export type SetUpRequest = { [Kind in keyof Inputs]: { readonly kind: Kind } & Inputs[Kind] }[keyof Inputs];

export const setUpKinds: { readonly [Kind in keyof Inputs]: SetUpKind<Extract<Factor, { kind: Kind }>, Inputs[Kind]> } = {
  totp: totpSetUp,
  phone: phoneSetUp,
  app: appSetUp,
  passkey: passkeySetUp,
  token: tokenSetUp,
  email: emailSetUp,
};

export const isSetUpKind = (kind: string): kind is keyof Inputs => Object.hasOwn(setUpKinds, kind);

export function setUpKind(kind: string): SetUpKind<Factor, SetUpInput> {
  if (!isSetUpKind(kind)) throw new Problem('request-invalid', { detail: 'There is no factor of this kind.' });
  return setUpKinds[kind];
}
