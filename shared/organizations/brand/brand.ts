/** How an organization looks on hosted pages: its color and its logo, in an item of their own that only pages read. */
import { trailWrites } from '../../audit/trail.ts';
import type { Clock } from '../../platform/clock.ts';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import { fromAttributes, toAttributes, type Attributes, type Value } from '../../platform/dynamo/attributes.ts';
import type { ItemKey, Table } from '../../platform/dynamo/table.ts';
import { organizationKeyOf } from '../../platform/object-id.ts';
import { Problem } from '../../platform/problems/problem.ts';
import type { RequestContext } from '../../user-state/event-item.ts';
import { organizationItemKey, type Organization } from '../organization.ts';
import { readLogo, writeLogo, type Logo } from './read-logo.ts';

export interface BrandDependencies {
  readonly table: Table;
  readonly keys: KeyRing;
}

/** An organization that took its brand back keeps the item: its version goes on. */
interface StoredBrand {
  readonly version: number;
  readonly color?: string;
  readonly logo?: Logo;
}

export interface BrandView {
  /** `#rrggbb` */
  readonly color?: string;
  /** A data URI. */
  readonly logo?: string;
}

export interface OwnBrandView extends BrandView {
  /** Whose it is, when the organization has none of its own. */
  readonly inheritedFrom?: string;
}

const none: StoredBrand = { version: 0 };

const keyOf = (keys: KeyRing, organizationId: string): ItemKey => ({ ...organizationItemKey(organizationKeyOf(keys, organizationId)), sk: 'BRAND' });

function fromItem(item: Attributes | undefined): StoredBrand {
  if (!item) return none;
  const { version, color, logo, logoType } = fromAttributes(item) as { version: number; color?: string; logo?: Uint8Array; logoType?: Logo['type'] };
  return { version, ...(color === undefined ? {} : { color }), ...(logo && logoType ? { logo: { bytes: logo, type: logoType } } : {}) };
}

const isEmpty = ({ color, logo }: StoredBrand): boolean => color === undefined && logo === undefined;

const view = ({ color, logo }: StoredBrand): BrandView => ({ ...(color === undefined ? {} : { color }), ...(logo ? { logo: writeLogo(logo) } : {}) });

export interface FoundBrand {
  readonly brand: OwnBrandView;
  readonly version: number;
}

/** The organization's own, or else its parent's: one read. */
export async function findBrand({ table, keys }: BrandDependencies, { organizationId, parentId }: Organization): Promise<FoundBrand> {
  const ids = parentId === undefined ? [organizationId] : [organizationId, parentId];
  const [own = none, inherited = none] = (await table.read(ids.map((id) => keyOf(keys, id)))).map(fromItem);
  if (parentId === undefined || !isEmpty(own) || isEmpty(inherited)) return { brand: view(own), version: own.version };
  return { brand: { ...view(inherited), inheritedFrom: parentId }, version: own.version };
}

export interface PutBrandInput {
  readonly organization: Organization;
  readonly brand: BrandView;
  readonly context: RequestContext;
  readonly ifVersion?: number;
}

/** What is left out is taken away; without color and logo the parent's is shown again. */
export async function putBrand(deps: BrandDependencies & { readonly clock: Clock }, { organization, brand, context, ifVersion }: PutBrandInput): Promise<FoundBrand> {
  const { organizationId } = organization;
  const logo = brand.logo === undefined ? undefined : readLogo(brand.logo);
  const key = keyOf(deps.keys, organizationId);
  const read = fromItem((await deps.table.read([key]))[0]);
  if (ifVersion !== undefined && ifVersion !== read.version) throw new Problem('version-mismatch');
  const version = read.version + 1;
  const own = { schema: 1, version, color: brand.color?.toLowerCase(), logo: logo?.bytes, logoType: logo?.type } satisfies Record<string, Value | undefined>;
  const event = { kind: 'brand-changed', detail: { color: own.color, logo: logo?.type } };
  const partition = `${key.pk}#BRAND`;
  const { done } = await deps.table.transact([
    {
      Put: {
        TableName: deps.table.name,
        Item: toAttributes({ ...key, ...own }),
        ConditionExpression: 'attribute_not_exists(pk) OR version = :read',
        ExpressionAttributeValues: { ':read': { N: String(read.version) } },
      },
    },
    ...trailWrites(deps, { partition, version, organizationId }, [event], context, deps.clock.now()),
  ]);
  if (!done) throw new Problem(ifVersion === undefined ? 'organization-conflict' : 'version-mismatch');
  return findBrand(deps, organization);
}
