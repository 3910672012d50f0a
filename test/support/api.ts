/** The API's doors as the gateway calls them, on the embedded engine: one installation per test file. */
import { createServer, type Server } from 'node:http';
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { afterAll } from 'vitest';
import { pageRoutes, sharedRoutes, type PageRoute } from '../../shared/contract/page-routes.ts';
import { routes, type Route } from '../../shared/contract/routes.ts';
import { freshTable, type TestTable } from './database.ts';

export interface ApiRequest {
  readonly key?: string;
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string>>;
  readonly actor?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of every shape
  readonly body: any;
}

type Door = (event: APIGatewayProxyEventV2, context: never) => Promise<APIGatewayProxyStructuredResultV2>;

const servers: Server[] = [];
afterAll(() => servers.splice(0).forEach((server) => server.close()));

/** What the doors wrote to their log, in place of the terminal: tests look for what must not be there. */
export const logLines: string[] = [];
process.stdout.write = ((line: string | Uint8Array) => logLines.push(String(line)) > 0);

/** KMS, as far as the product asks it: what it wraps it can unwrap. */
async function startKeyService(): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const input = JSON.parse(Buffer.concat(chunks).toString()) as { CiphertextBlob?: string };
      const plain = input.CiphertextBlob ?? randomBytes(32).toString('base64');
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify({ Plaintext: plain, CiphertextBlob: plain, KeyId: 'key' }));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

export const pagesUrl = 'https://pages.example.com';

/** Sets the environment that the doors read on their first request. */
export async function startInstallation(): Promise<TestTable> {
  const database = await freshTable();
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-2',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
    AWS_ENDPOINT_URL_KMS: await startKeyService(),
    COUNTERSIGN_STAGE: 'local',
    COUNTERSIGN_TABLE: database.table.name,
    COUNTERSIGN_ROOT_KEY: 'arn:aws:kms:eu-west-2:111122223333:key/test',
    COUNTERSIGN_ISSUER: 'https://countersign.example.com',
    COUNTERSIGN_PAGES: pagesUrl,
  });
  return database;
}

function matchRoute(method: string, path: string): { routeKey: string; parameters: Record<string, string> } {
  for (const route of [...routes, ...pageRoutes, ...sharedRoutes] as readonly (Route | PageRoute)[]) {
    const pattern = new RegExp(`^${route.path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)').replaceAll('.', '\\.')}$`);
    const match = route.method === method ? pattern.exec(path) : null;
    if (match)
      {return {
        routeKey: `${route.method} ${route.path}`,
        parameters: Object.fromEntries(
          Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
        ),
      };}
  }
  return { routeKey: '$default', parameters: {} };
}

function toEvent(method: string, path: string, request: ApiRequest): APIGatewayProxyEventV2 {
  const { routeKey, parameters } = matchRoute(method, path);
  const { key, body, query, actor, headers, cookies } = request;
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(actor === undefined ? {} : { 'countersign-actor': actor }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(Object.keys(parameters).length > 0 ? { pathParameters: parameters } : {}),
    ...(query ? { queryStringParameters: query } : {}),
    ...(cookies ? { cookies } : {}),
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    requestContext: {
      requestId: randomBytes(8).toString('hex'),
      http: { method, path, sourceIp: '192.0.2.1', userAgent: 'test' },
    },
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
}

/** Calls a door with one request, such as `GET /v1/organizations`. */
export async function callDoor(door: Door, request: string, parts: ApiRequest = {}): Promise<ApiAnswer> {
  const [method = '', path = ''] = request.split(' ');
  const result = await door(toEvent(method, path, parts), {} as never);
  const headers = result.headers as Record<string, string>;
  return {
    status: result.statusCode ?? 0,
    headers,
    cookies: result.cookies ?? [],
    body: result.body === undefined ? undefined : /json/.test(headers['content-type'] ?? '') ? JSON.parse(result.body) : result.body,
  };
}
