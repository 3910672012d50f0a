/** Where passkeys are used (WebAuthn Level 3 §5): the relying party's id, and the pages whose answers are taken. */
import { readOptional } from './environment.ts';

export interface RelyingParty {
  /** A domain: passkeys made for it work nowhere else. */
  readonly id: string;
  /** The pages that may ask, whole and exact. */
  readonly origins: readonly string[];
}

/** The hosted pages, unless the stage names a domain that they share with the portal; undefined where there is neither. */
export function readRelyingParty(): RelyingParty | undefined {
  const named = JSON.parse(readOptional('COUNTERSIGN_PASSKEY_SITE') ?? '{}') as Partial<RelyingParty>;
  const pages = readOptional('COUNTERSIGN_PAGES');
  if (named.id !== undefined && named.origins && named.origins.length > 0) return { id: named.id, origins: named.origins };
  return pages === undefined ? undefined : { id: new URL(pages).hostname, origins: [new URL(pages).origin] };
}
