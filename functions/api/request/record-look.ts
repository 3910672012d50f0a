/** Which person looked at whose data leaves a row in the trail, one a minute however often they look. A portal that acts for itself is no person. */
import { lookedAt } from '../../../shared/audit/trail.ts';
import type { Admitted } from '../../../shared/clients/admit.ts';
import type { Route } from '../../../shared/contract/routes.ts';
import type { RequestContext } from '../../../shared/user-state/event-item.ts';
import type { Dependencies } from '../../start/dependencies.ts';

export async function recordLook(deps: Dependencies, { operation, looks }: Route, { actor, organization, state }: Admitted, context: RequestContext): Promise<void> {
  if (!looks || !actor || !organization) return;
  const isSelf = state?.userId === actor.userId && organization.organizationId === actor.organizationId;
  if (isSelf) return;
  const subject = { organizationId: organization.organizationId, ...(state ? { userId: state.userId } : {}) };
  await deps.table.update(lookedAt(deps, subject, operation, context, deps.clock.now()));
}
