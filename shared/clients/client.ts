/** A client: a portal or a VPN that calls the API with a key, within its subtree, scopes and audiences. */
import { fromAttributes, toAttributes, type Attributes, type Value } from '../platform/dynamo/attributes.ts';
import type { ItemKey } from '../platform/dynamo/table.ts';
import { keyedHash, sameBytes } from '../platform/crypto/keyed-hash.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { Scope } from '../contract/routes.ts';
import type { FirstFactorCheck } from './first-factor-check.ts';

export interface ClientKey {
  readonly keyId: string;
  readonly hash: Uint8Array;
  readonly createdAt: number;
}

export interface Client {
  readonly schema: number;
  readonly version: number;
  readonly clientId: string;
  readonly name: string;
  /** The root of its subtree; absent for the whole installation. */
  readonly organizationId?: string;
  readonly scopes: readonly Scope[];
  readonly audiences: readonly string[];
  readonly returnUrls: readonly string[];
  /** At most two live at once, for rotation. */
  readonly keys: readonly ClientKey[];
  readonly disabled?: boolean;
  readonly firstFactorCheck?: FirstFactorCheck;
  readonly createdAt: number;
}

export const clientItemKey = (clientId: string): ItemKey => ({ pk: `CLIENT#${clientId}`, sk: 'CLIENT' });

export function toClientItem(client: Client): Attributes {
  return toAttributes({ ...clientItemKey(client.clientId), ...(client as unknown as Record<string, Value>) });
}

export function fromClientItem(item: Attributes): Client {
  const { pk: _pk, sk: _sk, ...client } = fromAttributes(item);
  return client as unknown as Client;
}

/** `cs_live_<clientId>_<keyId>_<secret>`: it carries its client's id, so that no look-up comes before the read. */
const keyPattern = /^cs_(live|test)_([a-z2-7]{16})_([a-z2-7]{8})_([a-z2-7]{52})$/;

export interface PresentedKey {
  readonly clientId: string;
  readonly keyId: string;
  readonly text: string;
}

export function readClientKey(text: string): PresentedKey | undefined {
  const [, , clientId, keyId] = keyPattern.exec(text) ?? [];
  return clientId && keyId ? { clientId, keyId, text } : undefined;
}

/** The key in an `Authorization: Bearer …` header; undefined for anything else. */
export function readAuthorization(header: string | undefined): PresentedKey | undefined {
  return readClientKey(/^Bearer (.+)$/i.exec(header ?? '')?.[1] ?? '');
}

export const hashClientKey = (keys: KeyRing, text: string): Buffer => keyedHash(keys.clientKeys, 'client key', text);

export function holdsKey(keys: KeyRing, client: Client, presented: PresentedKey): boolean {
  const hash = hashClientKey(keys, presented.text);
  return client.keys.some((key) => key.keyId === presented.keyId && sameBytes(key.hash, hash));
}

/** The audience, when the client may ask for it. */
export function needAudience({ audiences }: Client, audience: string): void {
  if (!audiences.includes(audience)) throw new Problem('not-permitted', { detail: 'This client may not ask for this audience.' });
}

/** The number that a challenge keeps for an address that browsers return to. Only exact, registered ones exist. */
export function returnAddressOf({ returnUrls }: Client, returnUrl: string | undefined): number | undefined {
  if (returnUrl === undefined) return undefined;
  const position = returnUrls.indexOf(returnUrl);
  if (position < 0) throw new Problem('not-permitted', { detail: 'This returnUrl is not registered for the client.' });
  return position;
}
