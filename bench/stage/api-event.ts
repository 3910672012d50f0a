/** Requests as API Gateway hands them over: HTTP API, payload format 2.0. */
import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { routes, type Operation, type Route } from '../../shared/contract/routes.ts';

export interface ApiRequest {
  readonly clientKey?: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const fill = (path: string, values: Readonly<Record<string, string>>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));

export function routeOf(operation: Operation): Route {
  const route = (routes as readonly Route[]).find((each) => each.operation === operation);
  if (!route) throw new Error(`there is no operation ${operation}`);
  return route;
}

export function apiEvent(operation: Operation, { clientKey, path = {}, body, headers = {} }: ApiRequest): APIGatewayProxyEventV2 {
  const { method, path: pattern } = routeOf(operation);
  const routeKey = `${method} ${pattern}`;
  const rawPath = fill(pattern, path);
  const userAgent = 'bench/1.0 (a portal of a customer)';
  const content = body === undefined ? {} : { 'content-type': 'application/json' };
  const authorization = clientKey === undefined ? {} : { authorization: `Bearer ${clientKey}` };
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: '',
    headers: { accept: 'application/json', host: 'api.countersign.example', 'user-agent': userAgent, 'x-forwarded-for': '192.0.2.10', ...content, ...authorization, ...headers },
    requestContext: {
      accountId: '111122223333',
      apiId: 'a1b2c3d4e5',
      domainName: 'api.countersign.example',
      domainPrefix: 'api',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.10', userAgent },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: '21/Nov/2026:19:00:02 +0000',
      timeEpoch: 1_795_287_602_000,
    },
    pathParameters: path,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  };
}
