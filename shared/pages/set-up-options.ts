/** What a person may choose from on the set-up page: what the policy allows and this installation can do. */
import { writeObjectId } from '../platform/object-id.ts';
import { isStrongEnough, mustConfirm } from '../policy/policy.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import type { EnrollmentDependencies } from '../enrollment/enrollment-dependencies.ts';
import { factorRandom } from '../factors/factor-id.ts';
import { factorKinds, type KindName } from '../factors/kinds/factor-kinds.ts';
import { registeringAs } from '../user-state/enrollment.ts';
import { findChallenge, findFactor, isSameId } from '../user-state/find.ts';
import { isBackup, methodNamed } from '../user-state/methods.ts';
import type { UserState } from '../user-state/user-state.ts';
import { needSessionChallenge, sessionOver, type AdmittedPage } from './admit-page.ts';

export interface SetUpOptions {
  /** As policies name them, in the order of the policy. */
  readonly methods: readonly string[];
  readonly pin: { readonly minimumLength: number };
  readonly countries: readonly string[];
  /** Kinds of which the person has as many as there may be. */
  readonly full: readonly string[];
  /** Nobody of this identity does without: the last factor that counts stays. */
  readonly isRequired: boolean;
  /** Chosen already, and not confirmed yet. */
  readonly factorId?: string;
}

/** The factor that is being set up for the session's challenge: the only one that its session touches. */
function settingUp({ session, state }: AdmittedPage): Uint8Array | undefined {
  if (session.enrollment) return registeringAs(state, session.enrollment)?.settingUp;
  return session.challenge && findChallenge(state, session.challenge)?.settingUp;
}

function fullKinds({ factors }: UserState): string[] {
  const confirmed = factors.filter(({ status }) => status !== 'proving');
  return Object.keys(factorKinds).filter((name) => confirmed.filter(({ kind }) => kind === name).length >= factorKinds[name as KindName].most);
}

export function setUpOptions(deps: Pick<EnrollmentDependencies, 'keys' | 'senders'>, page: AdmittedPage): SetUpOptions {
  const { policy } = page.organization;
  const isPossible = (name: string): boolean => {
    const { strength, reachedBy, answeredBy } = methodNamed(name) ?? {};
    const canReach = reachedBy === undefined || deps.senders[reachedBy] !== undefined;
    const canHear = answeredBy !== 'text' || policy.countries.some((country) => deps.senders.text?.canReceiveReplies?.(country));
    const isStrong = strength !== undefined && (isBackup({ kind: name }) || isStrongEnough(strength, policy.minimumAcr));
    return isStrong && canReach && canHear;
  };
  const chosen = settingUp(page);
  const isProving = chosen !== undefined && page.state.factors.some(({ id, status }) => status === 'proving' && isSameId(id, chosen));
  return {
    methods: policy.methods.filter(isPossible),
    pin: policy.pin,
    countries: policy.countries,
    full: fullKinds(page.state),
    isRequired: mustConfirm(policy, page.state.identity),
    ...(isProving ? { factorId: writeObjectId(deps.keys, 'fac', { ...page.home, random: chosen }) } : {}),
  };
}

/** Once it is confirmed the challenge is approved, and remembers no more by which factor: it is the one that came to be meanwhile. An enrollment does remember. */
function wasSetUp({ session, state, enrollment }: AdmittedPage, asked: Uint8Array): boolean {
  const challenge = session.challenge && findChallenge(state, session.challenge);
  const factor = findFactor(state, asked);
  if (enrollment) return enrollment.confirmed !== undefined && isSameId(enrollment.confirmed, asked) && factor?.status === 'active';
  return challenge?.status === 'approved' && factor?.status === 'active' && factor.createdAt >= challenge.createdAt && factor.createdAt <= (challenge.decidedAt ?? 0);
}

/** Throws unless it is the factor that this session sets up: of the person's others it knows nothing. */
export function needSetUpFactor(keys: KeyRing, page: AdmittedPage, factorId: string): string {
  if (!page.session.enrollment) needSessionChallenge(page);
  const asked = factorRandom(keys, page.home, factorId);
  const own = settingUp(page);
  const isOwn = asked !== undefined && ((own !== undefined && isSameId(asked, own)) || wasSetUp(page, asked));
  if (!isOwn) throw sessionOver();
  return factorId;
}
