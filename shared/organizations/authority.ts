/** For whom a request speaks: what it may reach, and whose rules it sets. */
import { Problem } from '../platform/problems/problem.ts';
import { installation } from '../policy/own-rules.ts';

export interface Authority {
  /** The client's subtree; absent for the whole installation. */
  readonly clientRoot?: string;
  /** The organization of the person for whom it acts, when there is one. */
  readonly actorOrganizationId?: string;
}

/** The narrower of the two subtrees: an actor's organization always lies in the client's. */
export const rootOf = ({ clientRoot, actorOrganizationId }: Authority): string | undefined =>
  actorOrganizationId ?? clientRoot;

export const setterOf = (authority: Authority): string => rootOf(authority) ?? installation;

/** A new company comes directly below whoever makes it; only the installation makes organizations at the top. */
export function refuseForeignParent(authority: Authority, parentId: string | undefined): void {
  const root = rootOf(authority);
  if (root === undefined || parentId === root) return;
  if (parentId !== undefined) throw new Problem('not-found', { detail: 'There is no such parent.', foreign: true });
  throw new Problem('not-permitted', { detail: 'Only organizations below your own can be made: give "parentId".' });
}
