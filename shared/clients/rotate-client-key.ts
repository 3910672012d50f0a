/** A client's keys: a second one beside the first, and the old one away. */
import { Problem } from '../platform/problems/problem.ts';
import type { Write } from '../platform/dynamo/table.ts';
import type { RequestContext } from '../user-state/event-item.ts';
import { needManaged, refuseEscalation, type ClientAuthority } from './client-authority.ts';
import { mostKeys, newClientKey, type KeyMode } from './client-key.ts';
import type { Client } from './client.ts';
import { changeClientItem, type ClientDependencies } from './save-client.ts';

export interface AddClientKeyInput {
  readonly authority: ClientAuthority;
  readonly target: Client | undefined;
  readonly keyMode: KeyMode;
  readonly context: RequestContext;
  remember?(made: AddedClientKey): readonly Write[];
}

export interface AddedClientKey {
  readonly clientId: string;
  readonly keyId: string;
  readonly createdAt: number;
  readonly secretText: string;
}

export async function addClientKey(deps: ClientDependencies, input: AddClientKeyInput): Promise<AddedClientKey> {
  const { authority, keyMode, context } = input;
  const client = await needManaged(deps, authority, input.target);
  const { clientId } = client;
  const { key, secretText } = newClientKey(deps.keys, keyMode, clientId, deps.clock.now(), deps.random);
  const added = { clientId, keyId: key.keyId, createdAt: key.createdAt, secretText };
  await changeClientItem(deps, {
    client,
    context,
    decide: (read) => {
      refuseEscalation(authority, read);
      if (read.keys.length >= mostKeys) throw new Problem('client-keys-full');
      return {
        next: { ...read, keys: [...read.keys, key] },
        event: { kind: 'client-key-added', detail: { client: clientId, keyId: key.keyId } },
      };
    },
    also: () => input.remember?.(added) ?? [],
  });
  return added;
}

export interface RemoveClientKeyInput {
  readonly authority: ClientAuthority;
  readonly target: Client | undefined;
  readonly keyId: string;
  readonly context: RequestContext;
}

/** From the next request on it opens nothing. */
export async function removeClientKey(
  deps: ClientDependencies,
  { authority, target, keyId, context }: RemoveClientKeyInput,
): Promise<void> {
  const client = await needManaged(deps, authority, target);
  await changeClientItem(deps, {
    client,
    context,
    decide: (read) => {
      const keys = read.keys.filter((key) => key.keyId !== keyId);
      if (keys.length === read.keys.length) throw new Problem('not-found');
      return {
        next: { ...read, keys },
        event: { kind: 'client-key-removed', detail: { client: read.clientId, keyId } },
      };
    },
  });
}
