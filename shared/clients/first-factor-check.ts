/** A client's first-factor check: where the portal's own password check is asked, and the secrets that sign the question (D18). */
import { isIP } from 'node:net';
import type { KeyObject } from 'node:crypto';
import { toBase32 } from '../platform/base32.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { Random } from '../platform/random.ts';
import { isReturnUrl } from './return-url.ts';

export interface FirstFactorCheck {
  readonly url: string;
  /** Where users with SSO are sent to sign in at the portal. */
  readonly signInUrl?: string;
  /** Sealed, the newest first. At most two sign at once, for rotation. */
  readonly secrets: readonly Uint8Array[];
}

export type FirstFactorAddresses = Pick<FirstFactorCheck, 'url' | 'signInUrl'>;

const mostSecrets = 2;
const secretBytes = 33;
const secretLength = 52;

const binding = (clientId: string): string => `first-factor-check|${clientId}`;

/** Names that lead to a machine or a network of one's own, whatever a resolver makes of them (RFC 6761, 6762, 8375). */
const localName = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|private|home\.arpa)$/;

/**
 * Over TLS, to a name that is public by its form: an address or a name of our own surroundings would make us ask where nobody from
 * outside could. On one's own machine, and only there, also plain HTTP to that machine.
 */
export function isCheckAddress(text: string, isLocal: boolean): boolean {
  if (!isReturnUrl(text)) return false;
  const { protocol, hostname } = new URL(text);
  if (isLocal && hostname === 'localhost') return true;
  const isName = isIP(hostname) === 0 && !hostname.startsWith('[') && hostname.includes('.') && !hostname.endsWith('.');
  return protocol === 'https:' && isName && !localName.test(hostname);
}

export interface NewFirstFactorSecret {
  readonly sealed: Uint8Array;
  /** The only time that it is there to be seen. */
  readonly text: string;
}

export function newFirstFactorSecret(keys: KeyRing, clientId: string, random: Random): NewFirstFactorSecret {
  const text = `cs_check_${toBase32(random.bytes(secretBytes)).toLowerCase().slice(0, secretLength)}`;
  return { sealed: new Uint8Array(keys.wrap(Buffer.from(text, 'utf8'), binding(clientId), random)), text };
}

/** The keys that sign, the newest first. */
export const openSecrets = (keys: KeyRing, clientId: string, { secrets }: FirstFactorCheck): KeyObject[] =>
  secrets.map((sealed) => keys.unwrap(sealed, binding(clientId)));

/** With a new secret in front; the one before it signs beside it until the next change. */
export function renewCheck(before: FirstFactorCheck | undefined, { url, signInUrl }: FirstFactorAddresses, { sealed }: NewFirstFactorSecret): FirstFactorCheck {
  const secrets = [sealed, ...(before?.secrets ?? [])].slice(0, mostSecrets);
  return { url, ...(signInUrl === undefined ? {} : { signInUrl }), secrets };
}

/** What is on one's own machine is for that machine. */
export function needCheckAddress({ url }: FirstFactorAddresses, isLocal: boolean): void {
  if (isCheckAddress(url, isLocal)) return;
  throw new Problem('request-invalid', { errors: [{ pointer: '#/firstFactorCheck/url', detail: 'must be an https address with a public name' }] });
}

/** Where passwords go to be checked, for whoever looks at the trail. */
export const checkedAt = ({ firstFactorCheck }: { readonly firstFactorCheck?: FirstFactorAddresses }): { firstFactorHost?: string } =>
  firstFactorCheck ? { firstFactorHost: new URL(firstFactorCheck.url).host } : {};
