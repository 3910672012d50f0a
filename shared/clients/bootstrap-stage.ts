/** The first minute of an installation: its keys, and a client whose key opens everything else. */
import { scopes } from '../contract/routes.ts';
import type { Clock } from '../platform/clock.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { createStageKeys, type RootKeyService } from '../platform/crypto/stage-keys.ts';
import type { Table, Write } from '../platform/dynamo/table.ts';
import { organizationKeyOf } from '../platform/object-id.ts';
import type { Random } from '../platform/random.ts';
import { organizationItemKey } from '../organizations/organization.ts';
import { putOrganization } from '../organizations/put-organization.ts';
import type { RequestContext } from '../user-state/event-item.ts';
import type { KeyMode } from './client-key.ts';
import { createClient } from './create-client.ts';

export interface BootstrapDependencies {
  readonly table: Table;
  readonly service: RootKeyService;
  readonly clock: Clock;
  readonly random: Random;
  pause(milliseconds: number): Promise<void>;
  /** Asked only once there are keys. */
  loadKeys(): Promise<KeyRing>;
}

export interface BootstrapInput {
  /** The client's subtree, made if it is not there; absent: the whole installation. */
  readonly organizationId?: string;
  /** A further client, after the first: for an operator who has lost every key. */
  readonly another?: boolean;
  readonly keyMode: KeyMode;
  readonly requestId: string;
}

export interface Bootstrapped {
  readonly clientId: string;
  readonly clientKey: string;
}

const firstClientKey = { pk: 'STAGE', sk: 'FIRST-CLIENT' } as const;

function markWrite(table: string, clientId: string): Write {
  const Item = { pk: { S: firstClientKey.pk }, sk: { S: firstClientKey.sk }, clientId: { S: clientId } };
  return { Put: { TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
}

/** Safe to run again after a failure in between; refused once there is a first client, unless another is asked for. */
export async function bootstrapStage(deps: BootstrapDependencies, input: BootstrapInput): Promise<Bootstrapped> {
  const { organizationId, another = false, keyMode, requestId } = input;
  await createStageKeys(deps.table, deps.service, deps.clock.now(), deps.random);
  const [first] = await deps.table.read([firstClientKey]);
  if (first && !another) {
    throw new Error('This installation has its first client already. To make another, add "another": true.');
  }
  const own = { ...deps, keys: await deps.loadKeys() };
  const context: RequestContext = { requestId, door: 'operator' };
  if (organizationId !== undefined) {
    const [item] = await deps.table.read([organizationItemKey(organizationKeyOf(own.keys, organizationId))]);
    const changes = { name: organizationId };
    if (!item) await putOrganization(own, { organizationId, organization: undefined, changes, authority: {}, context });
  }
  const root = organizationId === undefined ? {} : { organizationId };
  const fields = { name: 'First client', ...root, scopes, audiences: ['portal', 'vpn'], returnUrls: [] };
  const { client, secretText } = await createClient(own, {
    keyMode,
    fields,
    context,
    remember: (made) => (first ? [] : [markWrite(deps.table.name, made.client.clientId)]),
  });
  return { clientId: client.clientId, clientKey: secretText };
}
