/** API Gateway of one machine: takes a request, gives it to the route's function and answers with what that says. */
import { createServer, METHODS, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import findMyWay from 'find-my-way';
import { gatewayAnswer, readAnswer, send, type HttpAnswer } from './http-answer.ts';
import { httpEvent, type EventPlace, type HttpEvent } from './http-event.ts';
import type { GatewayApi, GatewayRoute } from './routes.ts';

export interface GatewayDependencies {
  readonly api: GatewayApi;
  readonly account: string;
  invoke(functionArn: string, event: HttpEvent): Promise<{ payload: string; functionError?: string }>;
  now(): number;
}

const LARGEST_BODY_BYTES = 10 * 1024 * 1024;
/** Request line and headers together, as an HTTP API has it. */
const LARGEST_HEADERS_BYTES = 10_240;

/** Takes whatever is no other route. */
const DEFAULT_ROUTE = '$default';

/** A server that has all routes; the caller lets it listen. */
export function createGateway(deps: GatewayDependencies): Server {
  const router = createRouter(deps.api.routes.filter(({ routeKey }) => routeKey !== DEFAULT_ROUTE));
  const rest = deps.api.routes.find(({ routeKey }) => routeKey === DEFAULT_ROUTE);
  const { apiId, stage } = deps.api;
  const place: EventPlace = { account: deps.account, apiId, stage, now: () => deps.now() };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const found = router.find(request.method as findMyWay.HTTPMethod, request.url ?? '/');
    const inPath = parameters(found?.params);
    // A segment that is a parameter is never empty.
    const isRoute = found !== null && !Object.values(inPath).includes('');
    const route = isRoute ? (found.store as GatewayRoute) : rest;
    const matched = { routeKey: route?.routeKey ?? DEFAULT_ROUTE, pathParameters: isRoute ? inPath : {} };
    const event = httpEvent({ request, body: body ?? Buffer.alloc(0), ...matched }, place);
    const answer = body === undefined ? gatewayAnswer('tooLarge') : await answerOf(route, event);
    if (body === undefined) response.setHeader('connection', 'close');
    send(response, answer, event.requestContext.requestId);
  }

  async function answerOf(route: GatewayRoute | undefined, event: HttpEvent): Promise<HttpAnswer> {
    if (route === undefined) return gatewayAnswer('notFound');
    const late = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => late.resolve(undefined), route.timeoutMilliseconds);
    try {
      const invocation = await Promise.race([deps.invoke(route.functionArn, event), late.promise]);
      if (invocation === undefined) return gatewayAnswer('unavailable');
      return invocation.functionError === undefined ? readAnswer(invocation.payload) : gatewayAnswer('functionFailed');
    } catch {
      return gatewayAnswer('functionFailed');
    } finally {
      clearTimeout(timer);
    }
  }

  const options = { maxHeaderSize: LARGEST_HEADERS_BYTES, keepAliveTimeout: 65_000 };
  return createServer(options, (request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
}

function createRouter(routes: readonly GatewayRoute[]): findMyWay.Instance<findMyWay.HTTPVersion.V1> {
  // Our ids are longer than the router's own limit for a segment.
  const router = findMyWay({ maxParamLength: LARGEST_HEADERS_BYTES });
  for (const route of routes) {
    if (route.path === '') throw new Error(`${route.routeKey}: only "METHOD /path" runs on one machine.`);
    const path = route.path.replaceAll(/\{(\w+)\+\}/g, '*').replaceAll(/\{(\w+)\}/g, ':$1');
    const methods = route.method === 'ANY' ? METHODS : [route.method];
    router.on(methods as findMyWay.HTTPMethod[], path, () => undefined, route);
  }
  return router;
}

function parameters(params: Record<string, string | undefined> | undefined): Record<string, string> {
  const present = Object.entries(params ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(present.map(([name, value]) => [name === '*' ? 'proxy' : name, value]));
}

/** The whole body, or undefined when it is larger than a gateway takes; then the rest is read and dropped. */
function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= LARGEST_BODY_BYTES) chunks.push(chunk);
      else resolve(undefined);
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => reject(new Error('The caller went away.')));
  });
}
