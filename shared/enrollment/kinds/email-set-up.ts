/** Setting up codes by mail: only for the address in the profile, and only once that is verified (row 4.1). */
import { hashAddress, hintOfAddress } from '../../factors/mail-address.ts';
import { Problem } from '../../platform/problems/problem.ts';
import type { EmailFactor } from '../../user-state/factor.ts';
import type { SetUpInput, SetUpKind } from './set-up-kind.ts';

export const emailSetUp: SetUpKind<EmailFactor, SetUpInput> = {
  create: ({ keys, state, profile, factorId, now }, { label }) => {
    if (!profile?.emailVerified) throw new Problem('email-unusable', { detail: 'The address is not verified.' });
    if (profile.emailProblem) throw new Problem('email-unusable', { detail: 'Mail does not reach the address.' });
    return {
      id: factorId,
      kind: 'email',
      status: 'proving',
      ...(label === undefined ? {} : { label }),
      createdAt: now,
      address: hashAddress(keys, state, profile.email),
      hint: hintOfAddress(profile.email),
    };
  },
};
