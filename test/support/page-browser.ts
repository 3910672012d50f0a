/** A browser's tab at the hosted pages' address, as far as their door can tell: origin, cookies, and the name of the tab's own. */
import { handler as pages } from '../../functions/api/pages.ts';
import { callDoor, pagesUrl, type ApiAnswer } from './api.ts';

export interface Tab {
  readonly name: string;
  readonly cookies: readonly string[];
}

export const fromPages = (method: string): Record<string, string> => ({ 'sec-fetch-site': 'same-origin', ...(method === 'GET' ? {} : { origin: pagesUrl }) });

/** The token in the fragment of an address. */
export const tokenOf = (url: string): string => url.split('#')[1] ?? '';

export const trade = (token: string, headers = fromPages('POST')): Promise<ApiAnswer> => callDoor(pages, 'POST /page/session', { body: { token }, headers });

/** What the browser keeps of an answer: names and values, no attributes. */
export const tabOf = ({ body, cookies = [] }: ApiAnswer): Tab => ({ name: body.session, cookies: cookies.map((cookie) => cookie.split(';')[0] ?? '') });

export async function openTab(url: string): Promise<Tab> {
  const answer = await trade(tokenOf(url));
  if (answer.status !== 201) throw new Error(`no session: ${String(answer.status)}`);
  return tabOf(answer);
}

/** Asks as the tab's page does; `headers` are in place of the browser's own. */
export function asks(tab: Tab, request: string, body?: unknown, headers?: Record<string, string>, door: Parameters<typeof callDoor>[0] = pages): Promise<ApiAnswer> {
  const [method = ''] = request.split(' ');
  const sent = { ...(headers ?? fromPages(method)), 'countersign-page': tab.name };
  return callDoor(door, request, { ...(method === 'GET' ? {} : { body: body ?? {} }), cookies: tab.cookies, headers: sent });
}
