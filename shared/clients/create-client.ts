/** Makes a client and its first key. */
import type { Scope } from '../contract/routes.ts';
import type { Write } from '../platform/dynamo/table.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { RequestContext } from '../user-state/event-item.ts';
import { reachOf, refuseEscalation, refuseForeignRoot, type ClientAuthority } from './client-authority.ts';
import { checkedAt, needCheckAddress, newFirstFactorSecret, renewCheck, type FirstFactorAddresses } from './first-factor-check.ts';
import { newClientId, newClientKey, type KeyMode } from './client-key.ts';
import type { Client } from './client.ts';
import { clientWrites, type ClientDependencies } from './save-client.ts';

export interface NewClientFields {
  readonly name: string;
  /** The root of its subtree; absent: that of whoever makes it. */
  readonly organizationId?: string;
  readonly scopes: readonly Scope[];
  readonly audiences: readonly string[];
  readonly returnUrls: readonly string[];
  readonly firstFactorCheck?: FirstFactorAddresses;
}

export interface NewClient {
  readonly client: Client;
  readonly secretText: string;
  /** Of its first-factor check, when it has one. */
  readonly firstFactorSecret?: string;
}

export interface CreateClientInput {
  /** Absent for the operator, who makes the first one. */
  readonly authority?: ClientAuthority;
  readonly keyMode: KeyMode;
  readonly fields: NewClientFields;
  readonly context: RequestContext;
  /** What must be written with it: the answer for an idempotency key, the mark of a bootstrap. */
  remember?(made: NewClient): readonly Write[];
}

export async function createClient(deps: ClientDependencies, input: CreateClientInput): Promise<NewClient> {
  const { authority, keyMode, fields, context } = input;
  const organizationId = fields.organizationId ?? (authority && reachOf(authority));
  if (authority) {
    refuseEscalation(authority, fields);
    await refuseForeignRoot(deps, authority, organizationId);
  }
  const { name, scopes, audiences, returnUrls, firstFactorCheck } = fields;
  if (firstFactorCheck) needCheckAddress(firstFactorCheck, keyMode === 'test');
  const now = deps.clock.now();
  const clientId = newClientId(deps.random);
  const { key, secretText } = newClientKey(deps.keys, keyMode, clientId, now, deps.random);
  const checkSecret = firstFactorCheck && newFirstFactorSecret(deps.keys, clientId, deps.random);
  const root = organizationId === undefined ? {} : { organizationId };
  const client: Client = {
    schema: 1,
    version: 1,
    clientId,
    name,
    ...root,
    scopes,
    audiences,
    returnUrls,
    keys: [key],
    ...(firstFactorCheck && checkSecret ? { firstFactorCheck: renewCheck(undefined, firstFactorCheck, checkSecret) } : {}),
    createdAt: now,
  };
  const event = { kind: 'client-created', detail: { client: clientId, name, scopes, audiences, keyId: key.keyId, ...checkedAt(client) } };
  const made = { client, secretText, ...(checkSecret ? { firstFactorSecret: checkSecret.text } : {}) };
  const { done } = await deps.table.transact([
    ...clientWrites(deps, client, event, context),
    ...(input.remember?.(made) ?? []),
  ]);
  if (!done) throw new Problem('unavailable', { retryAfterSeconds: 1 });
  return made;
}
