/** A portal's client, as the service answers it. */
export const scopes = ['sign-in', 'users', 'organizations', 'orders', 'audit', 'clients'] as const;

export interface Portal {
  readonly clientId: string;
  readonly name: string;
  readonly organizationId?: string;
  readonly scopes: readonly string[];
  readonly audiences: readonly string[];
  readonly returnUrls: readonly string[];
  readonly keys: readonly { readonly keyId: string; readonly createdAt: string }[];
  readonly disabled: boolean;
  readonly firstFactorCheck?: { readonly url: string; readonly signInUrl?: string };
  readonly createdAt: string;
}

export interface PortalPage {
  readonly clients: readonly Portal[];
  readonly cursor?: string;
}

/** They are nobody's below an organization: what may be seen is judged by whose session it is. */
export const portalPath = (...parts: readonly string[]): string => `/${['page', 'v1', 'clients', ...parts].map(encodeURIComponent).join('/')}`;

export const linesOf = (text: string): string[] => text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
export const namesOf = (text: string): string[] => [...new Set(text.split(',').map((name) => name.trim()).filter((name) => name !== ''))];

/** The service judges it further; what is plainly no address need not be sent. */
export function isAddress(text: string): boolean {
  if (!URL.canParse(text) || text.includes('#')) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname));
}
