/** Where organizations are kept: each one's own item, a row under its parent, and a row in the list of all. */
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { toAttributes } from '../platform/dynamo/attributes.ts';
import type { ItemKey, Table, Write } from '../platform/dynamo/table.ts';
import { organizationKeyOf } from '../platform/object-id.ts';
import { fromOrganizationItem, organizationItemKey, toOrganizationItem, type Organization } from './organization.ts';

export interface OrganizationStoreDependencies {
  readonly table: Table;
  readonly keys: KeyRing;
}

type WriteDependencies = { readonly table: { readonly name: string }; readonly keys: KeyRing };

export const everyOrganization = 'ORGS';
export const childPrefix = 'CHILD#';

export const organizationPartition = (keys: KeyRing, organizationId: string): string =>
  organizationItemKey(organizationKeyOf(keys, organizationId)).pk;

/** In the order of the ids; undefined for those that do not exist. */
export async function readOrganizations(
  { table, keys }: OrganizationStoreDependencies,
  organizationIds: readonly string[],
): Promise<(Organization | undefined)[]> {
  if (organizationIds.length === 0) return [];
  const items = await table.read(organizationIds.map((id) => organizationItemKey(organizationKeyOf(keys, id))));
  return items.map((item) => item && fromOrganizationItem(item));
}

export function addOrganizationWrite({ table, keys }: WriteDependencies, organization: Organization): Write {
  const Item = toOrganizationItem(organizationKeyOf(keys, organization.organizationId), organization);
  return { Put: { TableName: table.name, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
}

/** The next version of an organization, refused when somebody else has written it since. */
export function saveOrganizationWrite({ table, keys }: WriteDependencies, next: Organization): Write {
  return {
    Put: {
      TableName: table.name,
      Item: toOrganizationItem(organizationKeyOf(keys, next.organizationId), next),
      ConditionExpression: 'version = :read',
      ExpressionAttributeValues: { ':read': { N: String(next.version - 1) } },
    },
  };
}

const rowWrite = (table: string, key: ItemKey, organizationId: string): Write => ({
  Put: { TableName: table, Item: toAttributes({ ...key, organizationId }) },
});

const childKey = (keys: KeyRing, parentId: string, organizationId: string): ItemKey => ({
  pk: organizationPartition(keys, parentId),
  sk: `${childPrefix}${organizationId}`,
});

export function listedWrite({ table }: WriteDependencies, organizationId: string): Write {
  return rowWrite(table.name, { pk: everyOrganization, sk: `ORG#${organizationId}` }, organizationId);
}

export function childWrite({ table, keys }: WriteDependencies, parentId: string, organizationId: string): Write {
  return rowWrite(table.name, childKey(keys, parentId, organizationId), organizationId);
}

export function removeChildWrite({ table, keys }: WriteDependencies, parentId: string, organizationId: string): Write {
  const { pk, sk } = childKey(keys, parentId, organizationId);
  return { Delete: { TableName: table.name, Key: { pk: { S: pk }, sk: { S: sk } } } };
}

/**
 * A child comes under a parent only as it was read: its policy at that version, and still at the top. The first one
 * moves the parent's version, so that the parent cannot at the same time be moved below another.
 */
export function parentWrite({ table, keys }: WriteDependencies, parent: Organization): Write {
  const { pk, sk } = organizationItemKey(organizationKeyOf(keys, parent.organizationId));
  const condition = {
    TableName: table.name,
    Key: { pk: { S: pk }, sk: { S: sk } },
    ConditionExpression: 'version = :read AND attribute_not_exists(parentId)',
  };
  const read = { ':read': { N: String(parent.version) } };
  if (parent.hasChildren) return { ConditionCheck: { ...condition, ExpressionAttributeValues: read } };
  return {
    Update: {
      ...condition,
      UpdateExpression: 'SET hasChildren = :true ADD version :one',
      ExpressionAttributeValues: { ...read, ':true': { BOOL: true }, ':one': { N: '1' } },
    },
  };
}
