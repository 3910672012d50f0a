import { request, type IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createGateway } from '../../../local/gateway/gateway.ts';
import { listen, type Listening } from '../../../local/stack/ports.ts';
import type { HttpEvent } from '../../../local/gateway/http-event.ts';

type Answer = (event: HttpEvent) => unknown;

let listening: Listening;
let events: HttpEvent[] = [];
let answer: Answer = () => ({ statusCode: 200, body: '' });

const route = (routeKey: string, timeoutMilliseconds = 30_000) => {
  const [method = '', path = ''] = routeKey.split(' ');
  return { routeKey, method, path, functionArn: 'arn:f', timeoutMilliseconds };
};

/** A server with these routes alone. */
function serve(routes: readonly ReturnType<typeof route>[]): Promise<Listening> {
  const gateway = createGateway({
    api: { apiId: 'api', stage: '$default', routes },
    account: '111122223333',
    now: () => Date.parse('2026-11-21T19:00:42Z'),
    async invoke(_arn, event) {
      events.push(event);
      try {
        return { payload: JSON.stringify((await answer(event)) ?? null) };
      } catch {
        return { payload: '{}', functionError: 'Unhandled' };
      }
    },
  });
  return listen(gateway, 0);
}

beforeAll(async () => {
  const routes = [route('GET /v1/things'), route('GET /v1/things/{thingId}'), route('POST /v1/things'), route('ANY /files/{proxy+}')];
  listening = await serve([...routes, route('GET /slow', 50)]);
});
afterAll(() => listening.stop());
beforeEach(() => {
  events = [];
  answer = () => ({ statusCode: 200, body: '' });
});

interface Reply {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends exactly this, which fetch would not. */
function ask(method: string, path: string, headers: Record<string, string | string[]> = {}, body?: string | Buffer): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request({ port: listening.port, host: '127.0.0.1', method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString('latin1') }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('the event', () => {
  it('is that of payload format 2.0', async () => {
    await ask('POST', '/v1/things?a=1&b=x%20y&a=2', { 'Content-Type': 'application/json', 'User-Agent': 'portal/1.0' }, '{"ü":1}');

    expect(events[0]).toMatchObject({
      version: '2.0',
      routeKey: 'POST /v1/things',
      rawPath: '/v1/things',
      rawQueryString: 'a=1&b=x%20y&a=2',
      queryStringParameters: { a: '1,2', b: 'x y' },
      headers: { 'content-type': 'application/json', 'content-length': '8', 'x-forwarded-for': '127.0.0.1', 'user-agent': 'portal/1.0' },
      requestContext: {
        accountId: '111122223333',
        apiId: 'api',
        domainName: '127.0.0.1',
        http: { method: 'POST', path: '/v1/things', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'portal/1.0' },
        requestId: expect.any(String),
        routeKey: 'POST /v1/things',
        stage: '$default',
        time: '21/Nov/2026:19:00:42 +0000',
        timeEpoch: Date.parse('2026-11-21T19:00:42Z'),
      },
      body: '{"ü":1}',
      isBase64Encoded: false,
    });
  });

  it('leaves out what there is not', async () => {
    await ask('GET', '/v1/things');

    expect(Object.keys(events[0] ?? {}).sort()).toEqual(['headers', 'isBase64Encoded', 'rawPath', 'rawQueryString', 'requestContext', 'routeKey', 'version']);
  });

  it('joins headers that come twice, and hands cookies out apart', async () => {
    await ask('GET', '/v1/things', { 'X-Thing': ['a', 'b'], cookie: 'one=1; two=2', connection: 'close' });

    expect(events[0]?.headers['x-thing']).toBe('a,b');
    expect(events[0]?.cookies).toEqual(['one=1', 'two=2']);
    expect(events[0]?.headers).not.toHaveProperty('cookie');
    expect(events[0]?.headers).not.toHaveProperty('connection');
  });

  it('has path parameters decoded, one segment each, however long', async () => {
    const long = 'c'.repeat(500);
    await ask('GET', `/v1/things/a%2Fb%20c`);
    await ask('GET', `/v1/things/${long}`);

    expect(events[0]).toMatchObject({ routeKey: 'GET /v1/things/{thingId}', rawPath: '/v1/things/a/b c', pathParameters: { thingId: 'a/b c' } });
    expect(events[1]?.pathParameters).toEqual({ thingId: long });
  });

  it('has the rest of a path in a greedy parameter', async () => {
    await ask('PATCH', '/files/a/b');

    expect(events[0]).toMatchObject({ routeKey: 'ANY /files/{proxy+}', pathParameters: { proxy: 'a/b' } });
  });

  it.each([
    ['application/octet-stream', true],
    ['application/x-www-form-urlencoded', true],
    ['text/plain', false],
    ['application/json; charset=utf-8', false],
  ])('has a body of %s in base 64: %s', async (type, isBase64Encoded) => {
    await ask('POST', '/v1/things', { 'content-type': type }, 'abc');

    expect(events[0]).toMatchObject({ isBase64Encoded, body: isBase64Encoded ? 'YWJj' : 'abc' });
  });
});

describe('the answer', () => {
  it.each([
    ['of a text alone', 'hello', { status: 200, type: 'application/json', body: 'hello' }],
    ['of an object alone', { a: 1 }, { status: 200, type: 'application/json', body: '{"a":1}' }],
    ['with a status', { statusCode: 201, body: 'made' }, { status: 201, type: 'text/plain; charset=utf-8', body: 'made' }],
    ['with a type', { statusCode: 200, headers: { 'Content-Type': 'text/html' }, body: '<b>' }, { status: 200, type: 'text/html', body: '<b>' }],
    [
      'in base 64',
      { statusCode: 200, body: 'AAH/', isBase64Encoded: true, headers: { 'content-type': 'image/png' } },
      { status: 200, type: 'image/png', body: '\x00\x01ÿ' },
    ],
    ['with a status that is no number', { statusCode: 'fine' }, { status: 500, type: 'application/json', body: '{"message":"Internal Server Error"}' }],
    ['with a body that is no text', { statusCode: 200, body: {} }, { status: 500, type: 'application/json', body: '{"message":"Internal Server Error"}' }],
  ])('%s', async (_name, given, { status, type, body }) => {
    answer = () => given;
    const reply = await ask('GET', '/v1/things');

    expect(reply).toMatchObject({ status, body, headers: { 'content-type': type, 'content-length': String(body.length) } });
    expect(reply.headers['apigw-requestid']).toBe(events[0]?.requestContext.requestId);
  });

  it('sets every cookie', async () => {
    answer = () => ({ statusCode: 204, cookies: ['a=1; HttpOnly', 'b=2'] });

    expect((await ask('GET', '/v1/things')).headers['set-cookie']).toEqual(['a=1; HttpOnly', 'b=2']);
  });

  it('has no CORS headers', async () => {
    const { headers, status } = await ask('OPTIONS', '/v1/things', { origin: 'https://portal.example', 'access-control-request-method': 'GET' });

    expect(status).toBe(404);
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('the gateway itself', () => {
  it.each(['/', '/v1', '/v1/things/', '/v1/things/a/b', '/V1/things'])('does not find %s', async (path) => {
    expect(await ask('GET', path)).toMatchObject({ status: 404, body: '{"message":"Not Found"}' });
    expect(events).toEqual([]);
  });

  it('does not find another method', async () => {
    for (const method of ['DELETE', 'HEAD']) expect((await ask(method, '/v1/things')).status).toBe(404);
  });

  it('answers 500 for a function that fails', async () => {
    answer = () => Promise.reject(new Error('no'));

    expect(await ask('GET', '/v1/things')).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
  });

  it('answers 503 for a function that is too slow for the gateway', async () => {
    answer = () => new Promise((resolve) => setTimeout(resolve, 200));

    expect(await ask('GET', '/slow')).toMatchObject({ status: 503, body: '{"message":"Service Unavailable"}' });
  });

  it('takes ten megabytes and no more', async () => {
    const tenMegabytes = Buffer.alloc(10 * 1024 * 1024, 'a');

    expect((await ask('POST', '/v1/things', { 'content-type': 'text/plain' }, tenMegabytes)).status).toBe(200);
    const refused = await ask('POST', '/v1/things', { 'content-type': 'text/plain' }, Buffer.concat([tenMegabytes, Buffer.from('b')]));

    expect(refused).toMatchObject({ status: 413, body: '{"message":"Request Entity Too Large"}' });
    expect(events).toHaveLength(1);
  });

  it('refuses headers that are too long', async () => {
    expect((await ask('GET', '/v1/things', { 'x-long': 'x'.repeat(11_000) })).status).toBe(431);
  });
});

describe('a gateway with a default route', () => {
  it('gives it whatever is no other route, without parameters', async () => {
    const own = await serve([route('GET /v1/things/{thingId}'), { ...route('$default'), method: '', path: '' }]);
    const keys: (string | undefined)[] = [];
    for (const path of ['/v1/things/1', '/v1/things/', '/nowhere', '/v1/things/1/2']) {
      await fetch(`http://127.0.0.1:${String(own.port)}${path}`);
      keys.push(events.at(-1)?.routeKey);
    }
    await own.stop();

    expect(keys).toEqual(['GET /v1/things/{thingId}', '$default', '$default', '$default']);
    expect(events.at(-1)).not.toHaveProperty('pathParameters');
  });
});
