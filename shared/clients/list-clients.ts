/** The clients of a subtree, page by page: those of its root first, then those of each of its companies; or all there are. */
import { isWithin } from '../organizations/organization.ts';
import { childPrefix, organizationPartition, readOrganizations, type OrganizationStoreDependencies } from '../organizations/organization-store.ts';
import { readCursor, writeCursor } from '../platform/cursor.ts';
import { toAttributes, type Attributes } from '../platform/dynamo/attributes.ts';
import type { Write } from '../platform/dynamo/table.ts';
import { organizationKeyOf } from '../platform/object-id.ts';
import { reachOf, type ClientAuthority } from './client-authority.ts';
import { clientItemKey, fromClientItem, type Client } from './client.ts';

const everyClient = 'CLIENTS';
const rowPrefix = 'CLIENT#';

/** Two rows to be listed by: among all, and under its own root. Written with every change, so that none is ever missing. */
export function clientRowWrites({ table, keys }: Pick<OrganizationStoreDependencies, 'keys'> & { table: { name: string } }, { clientId, organizationId }: Client): Write[] {
  const partitions = [everyClient, ...(organizationId === undefined ? [] : [organizationPartition(keys, organizationId)])];
  return partitions.map((pk) => ({ Put: { TableName: table.name, Item: toAttributes({ pk, sk: `${rowPrefix}${clientId}`, clientId }) } }));
}

export interface ListClientsInput {
  readonly authority: ClientAuthority;
  readonly cursor?: string;
  readonly limit: number;
}

export interface ClientPage {
  readonly clients: readonly Client[];
  readonly cursor?: string;
}

/** A page may be short while there is more: companies without clients are looked through too. */
const companiesPerPage = 25;

interface Found {
  readonly clientIds: readonly string[];
  readonly last?: Attributes;
}

const idsOf = (rows: readonly Attributes[]): string[] => rows.flatMap((row) => row['clientId']?.S ?? []);

async function everywhere({ table }: OrganizationStoreDependencies, after: Attributes | undefined, limit: number): Promise<Found> {
  const { items, last } = await table.query({ partition: everyClient, prefix: rowPrefix, after, limit });
  return { clientIds: idsOf(items), ...(last ? { last } : {}) };
}

/** The companies behind one, by the rows of their reseller; the row that it starts after need not be there any more. */
async function companiesAfter(deps: OrganizationStoreDependencies, root: string, organizationId: string): Promise<string[]> {
  const partition = organizationPartition(deps.keys, root);
  const after = organizationId === root ? undefined : { pk: { S: partition }, sk: { S: `${childPrefix}${organizationId}` } };
  const { items } = await deps.table.query({ partition, prefix: childPrefix, after, limit: companiesPerPage });
  return items.flatMap((row) => row['organizationId']?.S ?? []);
}

/** A company may have been moved away since the last page. */
async function isStillWithin(deps: OrganizationStoreDependencies, root: string, organizationId: string): Promise<boolean> {
  const [organization] = await readOrganizations(deps, [organizationId]);
  return organization !== undefined && isWithin(root, organization);
}

/** In one organization after the other, from a place on; `of` says in which one it stopped. */
async function within(deps: OrganizationStoreDependencies, root: string, place: Attributes | undefined, limit: number): Promise<Found> {
  const { of = { S: root }, ...after } = place ?? {};
  const first = of.S ?? root;
  const clientIds: string[] = [];
  const organizationIds = [...(await isStillWithin(deps, root, first) ? [first] : []), ...(await companiesAfter(deps, root, first))];
  for (const [position, organizationId] of organizationIds.entries()) {
    const partition = organizationPartition(deps.keys, organizationId);
    const from = organizationId === first && after['pk'] ? after : undefined;
    const { items, last } = await deps.table.query({ partition, prefix: rowPrefix, after: from, limit: limit - clientIds.length });
    clientIds.push(...idsOf(items));
    if (last) return { clientIds, last: { of: { S: organizationId }, ...last } };
    const isLast = position === organizationIds.length - 1;
    if (clientIds.length === limit && !isLast) return { clientIds, last: { of: { S: organizationIds[position + 1] ?? root } } };
  }
  const lastOne = organizationIds.at(-1) ?? root;
  return organizationIds.length <= companiesPerPage ? { clientIds } : { clientIds, last: { of: { S: lastOne }, pk: { S: organizationPartition(deps.keys, lastOne) }, sk: { S: `${rowPrefix}~` } } };
}

export async function listClients(deps: OrganizationStoreDependencies, { authority, cursor, limit }: ListClientsInput): Promise<ClientPage> {
  const reach = reachOf(authority);
  const list = ['clients', reach === undefined ? '' : organizationKeyOf(deps.keys, reach)];
  const place = readCursor(deps.keys, list, cursor);
  const { clientIds, last } = await (reach === undefined ? everywhere(deps, place, limit) : within(deps, reach, place, limit));
  const items = clientIds.length === 0 ? [] : await deps.table.read(clientIds.map(clientItemKey));
  const clients = items.flatMap((item) => (item ? [fromClientItem(item)] : []));
  return { clients, ...(last ? { cursor: writeCursor(deps.keys, list, last) } : {}) };
}
