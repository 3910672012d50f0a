/** What the operations on a user's factors share. */
import type { Write } from '../platform/dynamo/table.ts';
import { Problem } from '../platform/problems/problem.ts';
import { minute } from '../platform/clock.ts';
import { isStrongEnough } from '../policy/policy.ts';
import { readObjectId } from '../platform/object-id.ts';
import { settleForChange, type Authority } from '../factors/authority.ts';
import type { ChangeOutcome } from '../factors/decide-add.ts';
import { neededStrength, proofOfChallenge, readProofs, spendProofs, type Proof } from '../factors/proofs.ts';
import { provingChallenge } from '../factors/proving.ts';
import { describeFactor, type FactorView } from '../factors/factor-views.ts';
import { openUserKey } from '../users/user-keys.ts';
import { commit } from '../user-state/commit.ts';
import { findChallenge, findFactor, isSameId } from '../user-state/find.ts';
import { isAbout, type Receipt } from '../user-state/receipts.ts';
import type { Factor } from '../user-state/factor.ts';
import type { UserState } from '../user-state/user-state.ts';
import type { About } from '../sign-in/sign-in-dependencies.ts';
import type { SendDependencies } from '../sign-in/sending/send-challenge.ts';
import type { SetUpContext } from './kinds/set-up-kind.ts';

export interface EnrollmentDependencies extends SendDependencies {
  /** Of the hosted pages; the API's own where they are served together. */
  readonly pagesUrl?: string;
}

/** Whose proofs a change takes: the person's who makes it. Absent when that is the user, or the portal for the user. */
export interface Prover {
  readonly home: About['home'];
  readonly organization: About['organization'];
  readonly state: UserState;
}

export interface ChangeRequest extends About {
  readonly prover?: Prover;
  readonly clientId: string;
  readonly proofs: readonly string[];
  readonly challengeId?: string | undefined;
  /** Of a hosted page's session: the challenge by which its person confirmed again, which its proofs may name. */
  readonly pageProof?: Uint8Array | undefined;
  /** Of the registration page's session: the right that its invitation gives. */
  readonly enrollmentId?: Uint8Array | undefined;
  /** What the caller must be able to hear again: put into the transaction that makes it true. */
  remember?(view: Record<string, unknown>): readonly Write[];
}

export function setUpContext(deps: EnrollmentDependencies, about: About, factorId: Uint8Array): SetUpContext {
  const { organization, state, home, profile } = about;
  return {
    keys: deps.keys,
    userKey: openUserKey(deps.keys, organization, state),
    state,
    policy: organization.policy,
    random: deps.random,
    now: Math.max(deps.clock.now(), state.lastAt),
    factorId,
    organization,
    profile,
    canReceiveReplies: (country) => deps.senders.text?.canReceiveReplies?.(country) === true,
    home,
    pagesUrl: deps.pagesUrl ?? deps.issuer,
  };
}

/** An administrator's own proofs are spent in his own item, before the change: if that fails, nothing was changed. */
async function proveElsewhere(deps: EnrollmentDependencies, request: ChangeRequest, prover: Prover): Promise<void> {
  const proofs = readProofs(deps.keys, deps.issuer, request.proofs, { prover: prover.state, clientId: request.clientId });
  await commit(deps, {
    home: prover.home,
    state: prover.state,
    context: request.context,
    mark: request.mark,
    decide: (read, now) => {
      const { state, events } = settleForChange(read, now);
      const needed = neededStrength(state);
      if (!needed) throw new Problem('proof-required');
      // At least as strong as what the other person holds, too (I13).
      const theirs = neededStrength(request.state) ?? needed;
      const spent = spendProofs(state, proofs, isStrongEnough(needed, theirs) ? needed : theirs, prover.organization.policy);
      const event = { kind: 'proof-spent', detail: { for: `${request.organization.organizationId}/${request.state.userId}` } };
      const about = proofs[0]?.challengeId ?? new Uint8Array();
      return { outcome: undefined, next: spent.state, events: [event, ...events], receipt: { outcome: 'redeemed', about } };
    },
    recall: (_receipt, state, now) => {
      // The same request again, a moment later, goes on where it broke off. Later it is no proof any more.
      const spentAt = proofs[0] && findChallenge(state, proofs[0].challengeId)?.approval?.redeemedAt;
      if (spentAt === undefined || now >= spentAt + minute) throw new Problem('proof-invalid');
    },
  });
}

function ownProofs(deps: EnrollmentDependencies, { proofs, state, home, clientId, pageProof }: ChangeRequest): Proof[] {
  const isNamed = (text: string): boolean => pageProof !== undefined && text.startsWith('chl_');
  const named = proofs.filter(isNamed).map((text) => proofOfChallenge(deps.keys, { state, userKey: home.userKey }, clientId, text));
  if (named.some((proof) => !proof || !pageProof || !isSameId(proof.challengeId, pageProof))) throw new Problem('proof-invalid');
  const texts = proofs.filter((text) => !isNamed(text));
  return [...named.filter((proof) => proof !== undefined), ...readProofs(deps.keys, deps.issuer, texts, { prover: state, clientId })];
}

/** The right to make this change, as far as it can be read from the request. */
export async function authorityOf(deps: EnrollmentDependencies, request: ChangeRequest): Promise<Authority> {
  const setUp = request.challengeId === undefined ? undefined : readObjectId(deps.keys, 'chl', request.challengeId);
  const setUpChallengeId = setUp?.userKey === request.home.userKey ? setUp.random : undefined;
  if (request.prover) {
    await proveElsewhere(deps, request, request.prover);
    return { proofs: [], isProvedElsewhere: true, clientId: request.clientId };
  }
  const { enrollmentId, clientId } = request;
  return { proofs: ownProofs(deps, request), isProvedElsewhere: false, clientId, ...(setUpChallengeId ? { setUpChallengeId } : {}), ...(enrollmentId ? { enrollmentId } : {}) };
}

export function needFactor(state: UserState, factorId: Uint8Array | undefined): Factor {
  const factor = factorId && findFactor(state, factorId);
  if (!factor) throw new Problem('not-found');
  return factor;
}

export function recallChange({ outcome, about }: Receipt, state: UserState): ChangeOutcome {
  const factor = state.factors.find(({ id }) => isAbout({ outcome, about, answersLeft: 0 }, id));
  if (!factor) throw new Problem('not-found');
  const proving = provingChallenge(state, factor.id);
  return { status: 'done', factorId: factor.id, ...(proving ? { provingId: proving.id } : {}) };
}

export function viewFactor(deps: EnrollmentDependencies, { organization, home }: About, state: UserState, factorId: Uint8Array): FactorView {
  return describeFactor(deps.keys, organization, home, state, needFactor(state, factorId));
}
