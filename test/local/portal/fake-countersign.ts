/** A Countersign of a few lines for the portal's tests: each test says what it answers. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { onTestFinished } from 'vitest';

import { startPortal } from '../../../local/portal/portal.ts';
import { ask, type Answer } from '../phone-page/page.ts';

export interface Asked {
  method: string;
  path: string;
  authorization: string | undefined;
  // Requests have many forms; each test asserts what it reads.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
  body: any;
}

export type Reply = object | number | undefined;

/** Whom the service knows: the demo person has two accounts, and administers one. */
function knownOf(path: string): Reply {
  const organizations = [{ organizationId: 'labs', name: 'Acme Labs' }, { organizationId: 'acme', name: 'Acme Corporation' }];
  if (path.startsWith('/v1/organizations?')) return { organizations };
  const [, organizationId, userId] = /^\/v1\/organizations\/(\w+)\/users\/(\w+)$/.exec(path) ?? [];
  return userId === demo.userId ? { role: organizationId === 'acme' ? 'administrator' : 'member' } : 404;
}

async function startFake(reply: (asked: Asked) => Reply) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const { method = '', url: path = '', headers } = request;
    const body = text === '' ? undefined : JSON.parse(text);
    const one = { method, path, authorization: headers.authorization, body };
    const isLookup = path.startsWith('/v1/organizations');
    if (!isLookup) asked.push(one);
    const answer = (isLookup ? knownOf(path) : reply(one)) ?? 404;
    const retry = answer === 429 ? { 'retry-after': '17' } : {};
    response.writeHead(typeof answer === 'number' ? answer : 200, { 'content-type': 'application/json', ...retry });
    response.end(JSON.stringify(typeof answer === 'number' ? { status: answer } : answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** A browser: it keeps the cookie and tells the origin of its forms. */
function browser(url: string) {
  let cookie = '';
  const send = async (path: string, headers: Record<string, string>, body?: string): Promise<Answer> => {
    const answer = await ask(url, path, { headers: { host: new URL(url).host, cookie, ...headers }, body });
    const [given] = (answer.headers['set-cookie'] as string[] | undefined) ?? [];
    if (given) cookie = given.split(';', 1)[0] ?? '';
    return answer;
  };
  return {
    get cookie() {
      return cookie;
    },
    set cookie(value) {
      cookie = value;
    },
    get: (path = '/') => send(path, {}),
    post: (path: string, form: Record<string, string> = {}, headers: Record<string, string> = {}) => {
      const own = { origin: url, 'content-type': 'application/x-www-form-urlencoded' };
      return send(path, { ...own, ...headers }, `${new URLSearchParams(form)}`);
    },
  };
}

export const firstFactorSecret = 'cs_check_of_the_demo';
export const demo = { userId: 'demo', password: 'correct horse' };

export async function openPortal(reply: (asked: Asked) => Reply) {
  const fake = await startFake(reply);
  const deps = { port: 0, apiUrl: fake.url, clientKey: 'cs_test_key', organizationId: 'acme', demo, firstFactorSecret };
  const portal = await startPortal(deps);
  onTestFinished(() => portal.stop());
  return { browser: browser(portal.url), url: portal.url, asked: fake.asked };
}
