/** What of the organization's policy the section of users reads. */
import type { Console } from '../../pages/console/console.ts';
import type { PhonePolicy } from './phone-policy.ts';
import type { User } from './user.ts';

interface Rule<T> {
  readonly value: T;
  readonly setBy: string;
}

interface PolicyAnswer {
  readonly rules: {
    readonly enforcement: Rule<'optional' | 'offered' | 'required'>;
    readonly appliesTo: Rule<'local-users' | 'all-users'>;
    readonly methods: Rule<readonly string[]>;
    readonly countries: Rule<readonly string[]>;
  };
}

export interface UsersPolicy extends PhonePolicy {
  /** Who requires that this user confirms; undefined when nobody does. */
  requiredBy(user: Pick<User, 'identity'>): string | undefined;
}

export async function readPolicy(console: Console): Promise<UsersPolicy> {
  const { rules } = await console.ask<PolicyAnswer>('GET', console.at('policy'));
  const { enforcement, appliesTo, methods, countries } = rules;
  return {
    methods: methods.value,
    countries: countries.value,
    requiredBy: ({ identity }) => (enforcement.value === 'required' && (appliesTo.value === 'all-users' || identity === 'local') ? enforcement.setBy : undefined),
  };
}
