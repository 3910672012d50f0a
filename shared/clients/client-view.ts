/** A client as the API shows it: its keys by their ids, never more of them. */
import { toTimestamp } from '../platform/clock.ts';
import type { Client } from './client.ts';

export interface ClientView {
  readonly clientId: string;
  readonly name: string;
  readonly organizationId?: string;
  readonly scopes: readonly string[];
  readonly audiences: readonly string[];
  readonly returnUrls: readonly string[];
  readonly keys: readonly { readonly keyId: string; readonly createdAt: string }[];
  readonly disabled: boolean;
  readonly createdAt: string;
}

export function viewClient({
  clientId,
  name,
  organizationId,
  scopes,
  audiences,
  returnUrls,
  keys,
  disabled = false,
  createdAt,
}: Client): ClientView {
  return {
    clientId,
    name,
    ...(organizationId === undefined ? {} : { organizationId }),
    scopes,
    audiences,
    returnUrls,
    keys: keys.map((key) => ({ keyId: key.keyId, createdAt: toTimestamp(key.createdAt) })),
    disabled,
    createdAt: toTimestamp(createdAt),
  };
}
