/** Turns a request into the event that an HTTP API hands to a function (payload format 2.0). */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface EventRequest {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

export interface EventPlace {
  readonly account: string;
  readonly apiId: string;
  readonly stage: string;
  now(): number;
}

export interface HttpEvent {
  readonly version: '2.0';
  readonly routeKey: string;
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly cookies?: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly requestContext: Readonly<Record<string, unknown>> & { readonly requestId: string };
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

/** Headers of one connection, which no gateway passes on. */
const hopByHop = ['connection', 'expect', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/** Builds the event. What has no value is left out, never null. */
export function httpEvent({ request, body, routeKey, pathParameters }: EventRequest, place: EventPlace): HttpEvent {
  const [rawPath, rawQueryString] = splitUrl(request.url ?? '/');
  const path = decodedPath(rawPath);
  const headers = readHeaders(request, body.length);
  const cookies = readCookies(request);
  const query = readQuery(rawQueryString);
  const isText = isTextType(headers['content-type']);
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString,
    ...(cookies.length === 0 ? {} : { cookies }),
    headers,
    ...(query === undefined ? {} : { queryStringParameters: query }),
    requestContext: requestContext(request, { path, routeKey, headers, place }),
    ...(Object.keys(pathParameters).length === 0 ? {} : { pathParameters }),
    ...(body.length === 0 ? {} : { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

function splitUrl(url: string): [string, string] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}

/** An HTTP API hands out the path decoded, and cuts it at a question mark that was encoded. */
function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path).split('?')[0] ?? '/';
  } catch {
    return path;
  }
}

/** Lower-case names; what was sent several times is joined with commas; cookies go elsewhere. */
function readHeaders(request: IncomingMessage, bodyLength: number): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    if (values !== undefined && name !== 'cookie' && !hopByHop.includes(name)) headers[name] = values.join(',');
  }
  const forwarded = headers['x-forwarded-for'];
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return {
    ...headers,
    'content-length': String(bodyLength),
    'x-amzn-trace-id': `Root=1-${seconds}-${randomUUID().replaceAll('-', '').slice(0, 24)}`,
    'x-forwarded-for': forwarded === undefined ? sourceIp(request) : `${forwarded}, ${sourceIp(request)}`,
    'x-forwarded-port': String(request.socket.localPort ?? 80),
    'x-forwarded-proto': 'http',
  };
}

function readCookies(request: IncomingMessage): string[] {
  const lines = request.headersDistinct['cookie'] ?? [];
  return lines.flatMap((line) => line.split(';').map((cookie) => cookie.trim())).filter(Boolean);
}

function readQuery(text: string): Record<string, string> | undefined {
  if (text === '') return undefined;
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    query[name] = name in query ? `${query[name] ?? ''},${value}` : value;
  }
  return query;
}

/** What is not one of these arrives in base 64. */
function isTextType(contentType: string | undefined): boolean {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return type.startsWith('text/') || ['application/json', 'application/xml', 'application/javascript'].includes(type);
}

function sourceIp(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
}

interface ContextParts {
  readonly path: string;
  readonly routeKey: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly place: EventPlace;
}

function requestContext(request: IncomingMessage, parts: ContextParts): HttpEvent['requestContext'] {
  const { path, routeKey, headers, place } = parts;
  const timeEpoch = place.now();
  const domainName = (headers['host'] ?? 'localhost').split(':')[0] ?? 'localhost';
  return {
    accountId: place.account,
    apiId: place.apiId,
    domainName,
    domainPrefix: domainName.split('.')[0],
    http: {
      method: request.method ?? 'GET',
      path,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: sourceIp(request),
      userAgent: headers['user-agent'] ?? '',
    },
    requestId: randomUUID(),
    routeKey,
    stage: place.stage,
    time: logTime(timeEpoch),
    timeEpoch,
  };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `21/Nov/2026:19:00:42 +0000` */
function logTime(time: number): string {
  const [day = '', clock = ''] = new Date(time).toISOString().split(/[T.]/);
  const [year = '', month = '1', date = ''] = day.split('-');
  return `${date}/${months[Number(month) - 1] ?? ''}/${year}:${clock} +0000`;
}
