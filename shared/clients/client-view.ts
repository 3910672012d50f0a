/** A client as the API shows it: its keys by their ids, never more of them. */
import { toTimestamp } from '../platform/clock.ts';
import type { Client } from './client.ts';
import type { FirstFactorAddresses } from './first-factor-check.ts';

export interface ClientView {
  readonly clientId: string;
  readonly name: string;
  readonly organizationId?: string;
  readonly scopes: readonly string[];
  readonly audiences: readonly string[];
  readonly returnUrls: readonly string[];
  readonly keys: readonly { readonly keyId: string; readonly createdAt: string }[];
  readonly disabled: boolean;
  readonly firstFactorCheck?: FirstFactorAddresses;
  readonly createdAt: string;
}

/** Never its secrets. */
const addressesOf = ({ url, signInUrl }: FirstFactorAddresses): FirstFactorAddresses => ({ url, ...(signInUrl === undefined ? {} : { signInUrl }) });

export function viewClient({
  clientId,
  name,
  organizationId,
  scopes,
  audiences,
  returnUrls,
  keys,
  disabled = false,
  firstFactorCheck,
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
    ...(firstFactorCheck ? { firstFactorCheck: addressesOf(firstFactorCheck) } : {}),
    createdAt: toTimestamp(createdAt),
  };
}
