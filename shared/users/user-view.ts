/** A user as the API shows one: who it is, whether confirmation is on, and, alone, with its factors. */
import { toTimestamp } from '../platform/clock.ts';
import { heldLicenses } from '../user-state/held-licenses.ts';
import type { LicenseItem } from '../user-state/license-count.ts';
import { mfaOf, type MfaStatus } from '../user-state/mfa-status.ts';
import { settle } from '../user-state/settle.ts';
import type { Factor } from '../user-state/factor.ts';
import type { UserState } from '../user-state/user-state.ts';
import type { EmailProblem, Profile } from './profile.ts';

export interface UserSummary {
  readonly userId: string;
  readonly organizationId: string;
  readonly displayName: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly emailProblem?: EmailProblem;
  readonly role: Profile['role'];
  readonly identity: Profile['identity'];
  readonly locale: string;
  readonly audiences?: readonly string[];
  readonly mfa: MfaStatus;
  /** Without `until` it ends only when somebody unlocks. */
  readonly lock?: { readonly until?: string; readonly reason: string };
  readonly suspended: boolean;
  readonly lastSignIn?: string;
  readonly createdAt: string;
}

export interface UserView<FactorView> extends UserSummary {
  readonly factors: readonly FactorView[];
  /** Those that the user holds, or that are kept for them. */
  readonly licenses: readonly LicenseItem[];
}

const lastYear = Date.UTC(9999, 11, 31);

function lockOf({ lock }: UserState): { lock?: UserSummary['lock'] & object } {
  if (!lock) return {};
  const until = lock.until > lastYear ? {} : { until: toTimestamp(lock.until) };
  return { lock: { ...until, reason: lock.reason } };
}

/** The state remembers approvals for a day; the audit trail knows the older ones. */
const lastSignInOf = ({ lastSignInAt }: UserState): { lastSignIn?: string } =>
  lastSignInAt === undefined ? {} : { lastSignIn: toTimestamp(lastSignInAt) };

export function summarizeUser(profile: Profile, read: UserState, now: number): UserSummary {
  const { state } = settle(read, now);
  const { userId, organizationId, displayName, email, emailVerified, emailProblem, role, identity, locale, audiences, createdAt } =
    profile;
  return {
    userId,
    organizationId,
    displayName,
    email,
    emailVerified,
    ...(emailProblem ? { emailProblem } : {}),
    role,
    identity,
    locale,
    ...(audiences ? { audiences } : {}),
    mfa: mfaOf(state),
    ...lockOf(state),
    suspended: state.suspendedAt !== undefined,
    ...lastSignInOf(state),
    createdAt: toTimestamp(createdAt),
  };
}

/** `describe` comes from factors/, which stands above users. */
export function viewUser<FactorView>(
  profile: Profile,
  state: UserState,
  now: number,
  describe: (factor: Factor) => FactorView,
): UserView<FactorView> {
  return { ...summarizeUser(profile, state, now), factors: state.factors.map(describe), licenses: heldLicenses(state) };
}
