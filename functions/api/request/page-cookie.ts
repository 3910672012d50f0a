/**
 * The cookie of a page's session. Each tab has its own, by a name that the tab keeps and sends in a header: two sign-ins in two tabs
 * never answer for each other, and no form or link of another site can name one.
 */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

const sessionHeader = 'countersign-page';
const namePattern = /^[\w-]{8}$/;

const cookieName = (name: string): string => `__Host-page-${name}`;

export function cookieOf({ headers, cookies = [] }: APIGatewayProxyEventV2): string | undefined {
  const name = headers[sessionHeader];
  if (name === undefined || !namePattern.test(name)) return undefined;
  const prefix = `${cookieName(name)}=`;
  return cookies.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length);
}

/** `__Host-`: over TLS only, for this address and no other, hidden from scripts, and from whatever another site starts (D22). */
export function writeCookie(name: string, value: string, lifeSeconds: number): string {
  return `${cookieName(name)}=${value}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=${Math.max(0, Math.floor(lifeSeconds))}`;
}

/** The name of the cookie that this request came with. */
export const cookieNameOf = ({ headers }: APIGatewayProxyEventV2): string => headers[sessionHeader] ?? '';
