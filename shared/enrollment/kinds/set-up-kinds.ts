/** The map of what can be set up: one row each. */
import { Problem } from '../../platform/problems/problem.ts';
import type { Factor } from '../../user-state/user-state.ts';
import { phoneSetUp } from './phone-set-up.ts';
import type { SetUpKind } from './set-up-kind.ts';
import { totpSetUp } from './totp-set-up.ts';

export const setUpKinds: { readonly [Kind in Factor['kind']]: SetUpKind<Extract<Factor, { kind: Kind }>> } = { totp: totpSetUp, phone: phoneSetUp };

export function setUpKind(kind: string): SetUpKind<Factor> {
  if (!Object.hasOwn(setUpKinds, kind)) throw new Problem('request-invalid', { detail: 'There is no factor of this kind.' });
  return setUpKinds[kind as keyof typeof setUpKinds];
}
