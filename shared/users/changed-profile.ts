/** What a profile becomes when an administrator, or the portal, puts it anew: what is left out stays. */
import { day } from '../platform/clock.ts';
import type { Role } from '../contract/routes.ts';
import type { Identity } from '../user-state/user-state.ts';
import type { Profile } from './profile.ts';

/** What is left out stays as it is. */
export interface UserFields {
  readonly displayName: string;
  readonly email: string;
  readonly emailVerified?: boolean;
  /** Null: mail reaches the same address again, says the administrator. */
  readonly emailProblem?: null;
  readonly role?: Role;
  readonly identity: Identity;
  readonly locale?: string;
  /** Null: every audience. */
  readonly audiences?: readonly string[] | null;
}

const formerEmailTold = 30 * day;

/** The oldest that is still told: moving the address twice does not shake off its first owner. None that no mail reaches. */
function toldBeside({ email, emailProblem, formerEmail }: Profile, now: number): Pick<Profile, 'formerEmail'> {
  if (formerEmail && formerEmail.until > now) return { formerEmail };
  return emailProblem ? {} : { formerEmail: { address: email, until: now + formerEmailTold } };
}

export function changedProfile(read: Profile, fields: UserFields, now: number): Profile {
  const { displayName, email, role = read.role, identity, locale = read.locale } = fields;
  const isMoved = email !== read.email;
  const { audiences: _audiences, emailProblem, ...rest } = read;
  const audiences = fields.audiences === undefined ? read.audiences : (fields.audiences ?? undefined);
  return {
    ...rest,
    displayName,
    email,
    emailVerified: fields.emailVerified ?? (isMoved ? false : read.emailVerified),
    ...(emailProblem && !isMoved && fields.emailProblem !== null ? { emailProblem } : {}),
    role,
    identity,
    locale,
    ...(audiences ? { audiences } : {}),
    ...(isMoved ? { ...toldBeside(read, now), emailChangedAt: now } : {}),
  };
}

const watched = ['displayName', 'email', 'emailVerified', 'emailProblem', 'role', 'identity', 'locale', 'audiences'] as const;

export const changedNames = (before: Profile, after: Profile): string[] =>
  watched.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
