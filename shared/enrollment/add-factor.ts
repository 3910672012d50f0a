/** Adds a factor: what the person needs for it is shown once, and it counts for nothing until confirmed. */
import { Problem } from '../platform/problems/problem.ts';
import { randomLengths } from '../platform/object-id.ts';
import { decideAdd, type ChangeOutcome } from '../factors/decide-add.ts';
import { commit } from '../user-state/commit.ts';
import { authorityOf, needFactor, recallChange, setUpContext, viewFactor, type ChangeRequest, type EnrollmentDependencies } from './enrollment-dependencies.ts';
import type { SetUpInput } from './kinds/set-up-kind.ts';
import { setUpKind } from './kinds/set-up-kinds.ts';
import { startProving } from './start-proving.ts';

export async function addFactor(deps: EnrollmentDependencies, request: ChangeRequest, input: SetUpInput): Promise<Record<string, unknown>> {
  const kind = setUpKind(input.kind);
  if (input.kind === 'phone' && !deps.workflow) throw new Problem('policy-forbids', { detail: 'This installation has no telephony.' });
  const factor = kind.create(setUpContext(deps, request, deps.random.bytes(randomLengths.fac)), input);
  const authority = await authorityOf(deps, request);
  const command = { factor, authority, policy: request.organization.policy, clientId: request.clientId, provingId: deps.random.bytes(randomLengths.chl) };
  const viewOf = (state: ChangeRequest['state'], factorId: Uint8Array): Record<string, unknown> => ({
    ...viewFactor(deps, request, state, factorId),
    ...kind.reveal(setUpContext(deps, { ...request, state }, factorId), needFactor(state, factorId), input),
  });
  const { outcome, state } = await commit<ChangeOutcome>(deps, {
    ...request,
    decide: (read, now) => decideAdd(read, command, now),
    recall: recallChange,
    also: ({ next }) => request.remember?.(viewOf(next, factor.id)) ?? [],
    refused: () => {
      throw new Problem('idempotency-conflict');
    },
  });
  const view = viewOf(state, outcome.factorId);
  if (!outcome.provingId) return view;
  return { ...view, ...(await startProving(deps, request, state, outcome.factorId, outcome.provingId)) };
}

