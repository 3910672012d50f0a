/** The organizations that a client or an actor administers: one and its companies, or all of them. */
import { readCursor, writeCursor } from '../platform/cursor.ts';
import { organizationKeyOf } from '../platform/object-id.ts';
import { rootOf, type Authority } from './authority.ts';
import {
  childPrefix,
  everyOrganization,
  organizationPartition,
  readOrganizations,
  type OrganizationStoreDependencies,
} from './organization-store.ts';
import { isWithin, type Organization } from './organization.ts';

export interface ListOrganizationsInput {
  readonly authority: Authority;
  readonly cursor?: string;
  readonly limit: number;
}

export interface OrganizationPage {
  readonly organizations: readonly Organization[];
  readonly cursor?: string;
}

/** The root itself comes first; its companies follow, page by page. */
export async function listOrganizations(
  deps: OrganizationStoreDependencies,
  input: ListOrganizationsInput,
): Promise<OrganizationPage> {
  const root = rootOf(input.authority);
  const list = ['organizations', root === undefined ? '' : organizationKeyOf(deps.keys, root)];
  const after = readCursor(deps.keys, list, input.cursor);
  const place =
    root === undefined
      ? { partition: everyOrganization }
      : { partition: organizationPartition(deps.keys, root), prefix: childPrefix };
  const page = await deps.table.query({ ...place, after, limit: input.limit });
  const childIds = page.items.flatMap((row) => row['organizationId']?.S ?? []);
  const found = await readOrganizations(deps, root === undefined || after ? childIds : [root, ...childIds]);
  return {
    organizations: found.filter(
      (organization) => organization !== undefined && isWithin(root, organization),
    ) as Organization[],
    ...(page.last ? { cursor: writeCursor(deps.keys, list, page.last) } : {}),
  };
}
