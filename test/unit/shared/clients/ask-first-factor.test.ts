import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askFirstFactor, type AskPlace } from '../../../../shared/clients/ask-first-factor.ts';
import type { Client } from '../../../../shared/clients/client.ts';
import { isCheckAddress, newFirstFactorSecret, renewCheck } from '../../../../shared/clients/first-factor-check.ts';
import { isPublicAddress, lookupPublic } from '../../../../shared/clients/public-addresses.ts';
import { makeStage, type Stage } from '../../../support/stage.ts';
import { makeAuthority } from '../../../support/vip-stand-in.ts';

interface Heard {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
type Reply = (response: ServerResponse) => void;

const heard: Heard[] = [];
let reply: Reply;
const servers: Server[] = [];

const listener = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  heard.push({ path: request.url ?? '', headers: request.headers, body });
  reply(response);
};

async function listening(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const json = (text: string, type = 'application/json'): Reply => (response) => void response.writeHead(200, { 'content-type': type }).end(text);
const yes = json('{"ok":true}');

let stage: Stage;
let url: string;
beforeAll(async () => {
  stage = await makeStage();
  url = `http://localhost:${String(await listening(createServer(listener)))}/check`;
});
beforeEach(() => {
  heard.length = 0;
  reply = yes;
});
afterAll(() => {
  for (const server of servers) server.close();
});

const password = 'correct horse battery staple';
const question = { organizationId: 'acme', userId: 'u-1', password };
const here: AskPlace = { isLocal: true };

async function clientWith(address: string, rotations = 1): Promise<{ client: Client; secrets: string[] }> {
  const { client } = await stage.makeClient({});
  const made = Array.from({ length: rotations }, () => newFirstFactorSecret(stage.keys, client.clientId, stage.deps.random));
  let check = undefined as Client['firstFactorCheck'];
  for (const each of made) check = renewCheck(check, { url: address }, each);
  return { client: { ...client, ...(check ? { firstFactorCheck: check } : {}) }, secrets: made.map(({ text }) => text) };
}

async function ask(address = url, place = here) {
  return askFirstFactor(stage.deps, (await clientWith(address)).client, question, place);
}

/** As docs/api/README.md shows it. */
function isSigned({ headers, body }: Heard, secret: string): boolean {
  const expected = createHmac('sha256', secret).update(`${String(headers['countersign-timestamp'])}.${body}`).digest();
  const given = String(headers['countersign-signature']).split(',').map((each) => Buffer.from(each.replace(/^v1=/, ''), 'hex'));
  return given.some((each) => each.length === expected.length && timingSafeEqual(each, expected));
}

describe('askFirstFactor', () => {
  it('puts the question with a signature that the client can verify, and takes a clear yes', async () => {
    const { client, secrets } = await clientWith(url);

    expect(await askFirstFactor(stage.deps, client, question, here)).toEqual({ isRight: true });
    const [request] = heard;
    expect(JSON.parse(request?.body ?? '')).toEqual(question);
    expect(isSigned(request!, secrets[0] ?? '')).toBe(true);
    expect(isSigned(request!, 'cs_check_another')).toBe(false);
    expect(Number(request?.headers['countersign-timestamp'])).toBe(Math.floor(stage.deps.clock.now() / 1000));
    expect(request?.path).toBe('/check');
  });

  it('signs with the new secret and the one before it while they are exchanged, and with none before those', async () => {
    const { client, secrets } = await clientWith(url, 3);
    await askFirstFactor(stage.deps, client, question, here);

    expect(secrets.map((secret) => isSigned(heard[0]!, secret))).toEqual([false, true, true]);
  });

  it.each<[string, string, Reply]>([
    ['the portal says no', 'refused', json('{"ok":false}')],
    ['it says yes as a text', 'unreadable', json('{"ok":"true"}')],
    ['it says one', 'unreadable', json('{"ok":1}')],
    ['it says more than yes', 'unreadable', json('{"ok":true,"but":"maybe"}')],
    ['it says a list', 'unreadable', json('[{"ok":true}]')],
    ['it says nothing', 'unreadable', json('')],
    ['it says null', 'unreadable', json('null')],
    ['it says something else', 'unreadable', json('<p>{"ok":true}</p>')],
    ['it says it as another type', 'content-type', json('{"ok":true}', 'text/plain')],
    ['it says it as a type that only begins so', 'content-type', json('{"ok":true}', 'application/jsonx')],
    ['it says it with an error', 'status-500', (response) => void response.writeHead(500, { 'content-type': 'application/json' }).end('{"ok":true}')],
    ['it says it with another success', 'status-201', (response) => void response.writeHead(201, { 'content-type': 'application/json' }).end('{"ok":true}')],
    ['it says too much', 'too-large', json(`{"ok":true}${' '.repeat(5000)}`)],
    ['it breaks off', 'unreachable', (response) => void response.writeHead(200, { 'content-type': 'application/json', 'content-length': 11 }).write('{"ok":', () => response.destroy())],
    ['it hangs up', 'unreachable', (response) => void response.destroy()],
  ])('is no when %s', async (_what, because, how) => {
    reply = how;

    expect(await ask()).toEqual({ isRight: false, because });
  });

  it('takes no redirection, to wherever it leads', async () => {
    reply = (response) => void response.writeHead(307, { location: url, 'content-type': 'application/json' }).end('{"ok":true}');

    expect(await ask()).toEqual({ isRight: false, because: 'status-307' });
    expect(heard).toHaveLength(1);
  });

  it.each<[string, Reply]>([
    ['nothing', () => undefined],
    ['a drop at a time', (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const dripping = setInterval(() => response.write(' '), 200);
      response.on('close', () => clearInterval(dripping));
    }],
  ])('waits three seconds in all for one that says %s', async (_what, how) => {
    reply = how;
    const before = performance.now();

    expect(await ask()).toEqual({ isRight: false, because: 'timeout' });
    expect(performance.now() - before).toBeLessThan(4000);
  });

  it('is no when nobody is there, or the client has no check', async () => {
    expect(await ask('http://localhost:1/check')).toEqual({ isRight: false, because: 'unreachable' });
    const { client } = await stage.makeClient({});
    expect(await askFirstFactor(stage.deps, client, question, here)).toEqual({ isRight: false, because: 'not-registered' });
  });

  it('asks over TLS whom the authorities vouch for, and nobody else', async () => {
    const authority = makeAuthority();
    const { certificate: cert, privateKey: key } = authority.issue('localhost');
    const secure = `https://localhost:${String(await listening(createSecureServer({ cert, key }, listener)))}/check`;

    expect(await ask(secure, { isLocal: true, authority: authority.certificate })).toEqual({ isRight: true });
    expect(await ask(secure)).toEqual({ isRight: false, because: 'unreachable' });
  });

  it('asks nothing on its own machine in a stage that is not on one', async () => {
    expect(await ask(url, { isLocal: false })).toEqual({ isRight: false, because: 'not-registered' });
    expect(heard).toEqual([]);
  });

  it('leaves nothing of the password or of a secret in a log or at rest', async () => {
    const lines: string[] = [];
    const { write } = process.stdout;
    process.stdout.write = ((line: string) => lines.push(line) > 0);
    const { client, secrets } = await clientWith(url);
    reply = (response) => void response.writeHead(500).end(password);
    await askFirstFactor(stage.deps, client, question, here);
    process.stdout.write = write;

    expect(lines.join('')).toContain('first-factor-unheard');
    for (const secret of [password, ...secrets]) expect(lines.join('') + JSON.stringify(client)).not.toContain(secret);
    expect(Buffer.concat(client.firstFactorCheck?.secrets.map((each) => Buffer.from(each)) ?? []).toString('latin1')).not.toContain(secrets[0]);
  });
});

describe('the address of a first-factor check', () => {
  it.each(['https://portal.example.com/check', 'https://portal.example.com:8443/check?to=us'])('can be %s', (address) => {
    expect(isCheckAddress(address, false)).toBe(true);
  });

  it.each([
    'http://portal.example.com/check', 'http://localhost:4282/check', 'https://localhost/check', 'https://127.0.0.1/check', 'https://0x7f.1/check', 'https://2130706433/check',
    'https://[::1]/check', 'https://[::ffff:7f00:1]/check', 'https://portal/check', 'https://portal.local/check', 'https://db.internal/check', 'https://a.localhost/check',
    'https://router.home.arpa/check', 'https://user@portal.example.com/', 'https://portal.example.com./check', 'https://portal.example.com/#check', 'ftp://portal.example.com/', 'portal',
  ])('cannot be %s', (address) => {
    expect(isCheckAddress(address, false)).toBe(false);
  });

  it('may be on this machine in a local stage, and on no other without TLS', () => {
    const local = ['http://localhost:4282/check', 'https://localhost:4282/check', 'http://127.0.0.1:4282/check', 'http://portal.example.com/check', 'http://[::1]:4282/'];

    expect(local.map((address) => isCheckAddress(address, true))).toEqual([true, true, false, false, false]);
  });

  it.each(['127.0.0.1', '10.1.2.3', '169.254.169.254', '172.20.0.1', '192.168.1.1', '100.64.0.1', '0.0.0.0', '240.0.0.1', '::1', '::', 'fd00::1', 'fe80::1', '::ffff:10.0.0.1', '64:ff9b::a00:1'])(
    'is not asked when its name leads to %s', async (address) => {
      expect(isPublicAddress({ address, family: address.includes(':') ? 6 : 4 })).toBe(false);
      const looked = await new Promise<Error | null>((resolve) => lookupPublic(address, { all: true }, (error) => resolve(error)));
      expect(looked).toMatchObject({ code: 'EACCES' });
    },
  );

  it('is asked when its name leads to public addresses, in whichever form they are wanted', async () => {
    const found = (all: boolean): Promise<unknown> => new Promise((resolve) => lookupPublic('198.51.100.7', { all }, (_error, addresses) => resolve(addresses)));

    expect([await found(true), await found(false)]).toEqual([[{ address: '198.51.100.7', family: 4 }], '198.51.100.7']);
    expect(isPublicAddress({ address: '2001:db8::1', family: 6 })).toBe(true);
  });
});
