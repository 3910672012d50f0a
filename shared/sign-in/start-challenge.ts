/** Starts a challenge for a person whose first factor the portal has just checked. */
import { randomLengths } from '../platform/object-id.ts';
import { Problem } from '../platform/problems/problem.ts';
import { openUserKey } from '../users/user-keys.ts';
import { commit } from '../user-state/commit.ts';
import { findChallenge } from '../user-state/find.ts';
import { withoutAsk } from '../user-state/open-asks.ts';
import { isAbout, type Receipt } from '../user-state/receipts.ts';
import type { FirstFactor, Purpose, UserState } from '../user-state/user-state.ts';
import { askVip } from '../factors/ask-vip.ts';
import type { RemoteVerdict } from '../factors/kinds/factor-kind.ts';
import { verifyAnswer } from '../factors/verify-answer.ts';
import { viewChallenge, viewUnkept, type ChallengeView } from './challenge-view.ts';
import { decideStart, type StartCommand } from './decide-start.ts';
import { factorForAnswer, factorMeant } from './factor-for-answer.ts';
import { askedFrom, askedFromWrites } from './app/asked-from.ts';
import type { StartOutcome } from './outcomes.ts';
import { throwRefused, type About, type SignInDependencies } from './sign-in-dependencies.ts';

export interface StartInput {
  readonly clientId: string;
  readonly audience: string;
  readonly purpose: Purpose;
  readonly firstFactor: FirstFactor;
  readonly protects?: readonly string[] | undefined;
  readonly nonce?: string | undefined;
  readonly returnAddress?: number | undefined;
  readonly seen: { readonly ipAddress?: string | undefined; readonly userAgent?: string | undefined };
  readonly factorId?: string | undefined;
  readonly answer?: string | undefined;
}

/** Of the person's browser, in the event. */
const longestUserAgent = 120;

type Answered = Pick<StartInput, 'answer' | 'factorId'> & { readonly remote: RemoteVerdict | undefined };

/** What has to be asked of somebody else before the decision. */
async function askFirst(deps: SignInDependencies, about: About, { answer, factorId }: StartInput): Promise<RemoteVerdict | undefined> {
  if (answer === undefined) return undefined;
  return askVip(deps, { ...about, factor: factorMeant(deps.keys, about, about.state, { factorId }), expects: 'active', answer });
}

/** The kind's verdict on an answer, from the state that is about to be decided on. */
function judgeAnswer(deps: SignInDependencies, about: About, input: Answered, state: UserState, now: number): StartCommand['answered'] {
  if (input.answer === undefined) return undefined;
  const factor = factorForAnswer(deps.keys, about, state, { factorId: input.factorId });
  const userKey = () => openUserKey(deps.keys, about.organization, state);
  const answered = { answer: input.answer, remote: input.remote, channel: 'api', state, challenge: undefined, now, keys: deps.keys, policy: about.organization.policy, userKey } as const;
  const verdict = factor && verifyAnswer({ factor, ...answered });
  if (!factor || !verdict) return undefined;
  return { factorId: factor.id, verdict };
}

function makeCommand(deps: SignInDependencies, about: About, input: StartInput): Omit<StartCommand, 'answered'> {
  const { protects, nonce, returnAddress, seen } = input;
  return {
    challengeId: deps.random.bytes(randomLengths.chl),
    resultId: deps.random.bytes(16),
    clientId: input.clientId,
    audience: input.audience,
    purpose: input.purpose,
    firstFactor: input.firstFactor,
    ...(protects ? { protects } : {}),
    ...(nonce === undefined ? {} : { nonce }),
    ...(returnAddress === undefined ? {} : { returnAddress }),
    policy: about.organization.policy,
    seen: {
      ...(seen.ipAddress ? { ipAddress: seen.ipAddress.toWellFormed() } : {}),
      ...(seen.userAgent ? { userAgent: seen.userAgent.slice(0, longestUserAgent).toWellFormed() } : {}),
    },
  };
}

/** A wrong answer that found no room for its challenge left only its receipt: its outcome is the same once more. */
function recallStart(receipt: Receipt, state: UserState, unkept: Uint8Array): StartOutcome {
  const { outcome, answersLeft } = receipt;
  const challenge = state.challenges.find(({ id }) => isAbout(receipt, id));
  if (outcome === 'wrong-answer') return { status: challenge ? 'pending' : 'denied', reason: 'wrong-answer', challengeId: challenge?.id ?? unkept, answersLeft };
  if (outcome === 'locked') return { status: 'locked', reason: 'wrong-answer', challengeId: challenge?.id ?? unkept };
  if (!challenge) throw new Problem('challenge-decided');
  if (outcome === 'recovered') return { status: outcome, challengeId: challenge.id };
  return { status: 'pending', challengeId: challenge.id };
}

export async function startChallenge(deps: SignInDependencies, about: About, input: StartInput): Promise<ChallengeView> {
  const { organization, home } = about;
  const { policy } = organization;
  const unknown = policy.protects.length > 0 ? input.protects?.find((name) => !policy.protects.includes(name)) : undefined;
  if (unknown !== undefined) throw new Problem('policy-forbids', { detail: 'The policy does not list what this challenge would protect.' });
  const command = makeCommand(deps, about, input);
  const remote = await askFirst(deps, about, input);
  const { outcome, state } = await commit<StartOutcome>(deps, {
    ...about,
    home,
    decide: (read, now) => {
      const answered = judgeAnswer(deps, about, { ...input, remote }, read, now);
      if (input.answer !== undefined && !answered) {
        const decision = decideStart(read, command, now);
        const isPending = 'challengeId' in decision.outcome && decision.outcome.status === 'pending';
        // Locked, suspended, set-up: those answers stand. But what was typed has no factor to go to.
        return isPending ? { outcome: { status: 'refused', problem: 'factor-not-usable' }, refusal: { kind: 'start-refused' } } : decision;
      }
      return withoutAsk(decideStart(read, { ...command, ...(answered ? { answered } : {}) }, now), remote?.ask);
    },
    also: ({ next }) => askedFromWrites(deps.table.name, next, findChallenge(next, command.challengeId), askedFrom(input.seen)),
    recall: (receipt, read) => recallStart(receipt, read, command.challengeId),
  });
  if (outcome.status === 'refused') return throwRefused(outcome);
  const viewed = { home, organization, state, now: deps.clock.now() };
  const view = viewChallenge(deps, viewed, outcome.challengeId);
  const reason = 'reason' in outcome ? outcome.reason : undefined;
  if (!view) return viewUnkept(deps.keys, viewed, outcome.challengeId, outcome.status, reason);
  return { ...view, ...(reason === undefined || view.reason !== undefined ? {} : { reason }) };
}
