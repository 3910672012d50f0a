/** What nobody does to somebody who may do more than they (A50), nor to themselves: their own protection takes their own proof (I13). */
import { roles, type Role } from '../contract/routes.ts';
import { Problem } from '../platform/problems/problem.ts';

export interface ActingPerson {
  readonly organizationId: string;
  readonly userId: string;
  readonly role: Role;
}

/** A client that acts for itself is nobody. Who has no profile any more is taken for an administrator. */
export function refuseActor(actor: ActingPerson | undefined, user: Pick<ActingPerson, 'organizationId' | 'userId'> & { readonly role?: Role | undefined }, advice: string): void {
  if (!actor) return;
  if (actor.organizationId === user.organizationId && actor.userId === user.userId) throw new Problem('not-permitted', { detail: advice });
  if (roles.indexOf(actor.role) < roles.indexOf(user.role ?? 'administrator')) throw new Problem('not-permitted', { detail: 'The user has a higher role than the actor.' });
}
