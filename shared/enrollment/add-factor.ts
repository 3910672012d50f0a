/** Adds a factor: what the person needs for it is shown once, and it counts for nothing until confirmed. */
import { Problem } from '../platform/problems/problem.ts';
import { randomLengths } from '../platform/object-id.ts';
import { decideAdd, type ChangeOutcome } from '../factors/decide-add.ts';
import { factorRandom } from '../factors/factor-id.ts';
import type { About } from '../sign-in/sign-in-dependencies.ts';
import { commit } from '../user-state/commit.ts';
import { rowOf } from '../user-state/methods.ts';
import { authorityOf, needFactor, recallChange, setUpContext, viewFactor, type ChangeRequest, type EnrollmentDependencies } from './enrollment-dependencies.ts';
import { judgeNumber } from './invitations/judge-number.ts';
import { setUpKind, type SetUpRequest } from './kinds/set-up-kinds.ts';
import { startProving } from './start-proving.ts';

/** The factor with what its owner needs to set it up: only until it is confirmed (A62). */
async function revealFactor(deps: EnrollmentDependencies, about: About, factorId: Uint8Array, input: SetUpRequest): Promise<Record<string, unknown>> {
  const factor = needFactor(about.state, factorId);
  const view = { ...viewFactor(deps, about, about.state, factorId) };
  if (factor.status !== 'proving') return view;
  return { ...view, ...(await setUpKind(input.kind).reveal?.(setUpContext(deps, about, factorId), factor, input)) };
}

/** The answer to the same request again, from what is so now: nothing secret was remembered with it. */
export async function addedFactor(deps: EnrollmentDependencies, about: About, factorIdText: string, input: SetUpRequest): Promise<Record<string, unknown>> {
  const factorId = factorRandom(deps.keys, about.home, factorIdText);
  if (!factorId) throw new Problem('not-found');
  return revealFactor(deps, about, factorId, input);
}

export async function addFactor(deps: EnrollmentDependencies, request: ChangeRequest, input: SetUpRequest): Promise<Record<string, unknown>> {
  const kind = setUpKind(input.kind);
  const found = (await kind.prepare?.(deps, request.organization, input)) ?? input;
  const factor = kind.create(setUpContext(deps, request, deps.random.bytes(randomLengths.fac)), found);
  const carrier = rowOf(factor)?.reachedBy;
  if (carrier && !deps.senders[carrier]) throw new Problem('policy-forbids', { detail: 'This installation cannot reach anybody so.' });
  const authority = await authorityOf(deps, request);
  const numberOf = await judgeNumber(deps, request, authority, input);
  const command = { factor, authority, numberOf, policy: request.organization.policy, clientId: request.clientId, provingId: deps.random.bytes(randomLengths.chl) };
  const { outcome, state } = await commit<ChangeOutcome>(deps, {
    ...request,
    decide: (read, now) => decideAdd(read, command, now),
    recall: recallChange,
    also: ({ next }) => request.remember?.({ ...viewFactor(deps, request, next, factor.id) }) ?? [],
    refused: () => {
      throw new Problem('idempotency-conflict');
    },
  });
  const view = await revealFactor(deps, { ...request, state }, outcome.factorId, input);
  if (!outcome.provingId) return view;
  return { ...view, ...(await startProving(deps, request, state, outcome.factorId, outcome.provingId)) };
}
