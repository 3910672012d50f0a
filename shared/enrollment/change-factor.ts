/** Changes a factor. New numbers are called at once; until somebody confirms there, the old ones hold (row 1.4). */
import { Problem } from '../platform/problems/problem.ts';
import { randomLengths } from '../platform/object-id.ts';
import type { ChangeOutcome } from '../factors/decide-add.ts';
import { decideChange, type FactorChanges } from '../factors/decide-change.ts';
import { factorRandom } from '../factors/factor-id.ts';
import { rowOf } from '../user-state/methods.ts';
import { commit } from '../user-state/commit.ts';
import { authorityOf, needFactor, recallChange, setUpContext, viewFactor, type ChangeRequest, type EnrollmentDependencies } from './enrollment-dependencies.ts';
import type { OwnInput } from './kinds/set-up-kind.ts';
import { setUpKind } from './kinds/set-up-kinds.ts';
import { startProving } from './start-proving.ts';

export interface ChangeInput extends OwnInput {
  readonly label?: string | undefined;
  readonly status?: 'active' | 'inactive' | undefined;
  readonly rank?: number | undefined;
}

function changesOf(deps: EnrollmentDependencies, request: ChangeRequest, factorId: Uint8Array, input: ChangeInput): FactorChanges {
  const factor = needFactor(request.state, factorId);
  const { label, status, rank, ...own } = input;
  const isOwn = Object.values(own).some((value) => value !== undefined);
  const kind = isOwn ? setUpKind(factor.kind) : undefined;
  if (kind && !kind.change) throw new Problem('request-invalid', { detail: 'A factor of this kind has only a label, a rank and a status.' });
  return {
    ...(label === undefined ? {} : { label }),
    ...(status === undefined ? {} : { status }),
    ...(rank === undefined ? {} : { rank }),
    ...(kind?.change ? { own: kind.change(setUpContext(deps, request, factorId), factor, own) } : {}),
  };
}

export async function changeFactor(deps: EnrollmentDependencies, request: ChangeRequest, factorIdText: string, input: ChangeInput): Promise<Record<string, unknown>> {
  const factorId = factorRandom(deps.keys, request.home, factorIdText);
  if (!factorId) throw new Problem('not-found');
  const changes = changesOf(deps, request, factorId, input);
  const { kind } = needFactor(request.state, factorId);
  const carrier = input.method === undefined ? undefined : rowOf({ kind, method: input.method })?.reachedBy;
  if (carrier && !deps.senders[carrier]) throw new Problem('policy-forbids', { detail: 'This installation cannot reach anybody so.' });
  const authority = await authorityOf(deps, request);
  const command = { factorId, changes, authority, policy: request.organization.policy, clientId: request.clientId, provingId: deps.random.bytes(randomLengths.chl) };
  const { outcome, state } = await commit<ChangeOutcome>(deps, { ...request, decide: (read, now) => decideChange(read, command, now), recall: recallChange });
  const view = viewFactor(deps, request, state, factorId);
  if (!outcome.provingId) return { ...view };
  return { ...view, ...(await startProving(deps, request, state, factorId, outcome.provingId)) };
}
