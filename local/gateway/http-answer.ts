/** Reads a function's answer as an HTTP API does (response format 2.0). */
import type { ServerResponse } from 'node:http';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

/** The gateway's own answers. Their words are those of the real one. */
export const gatewayAnswers = {
  notFound: { status: 404, message: 'Not Found' },
  tooLarge: { status: 413, message: 'Request Entity Too Large' },
  functionFailed: { status: 500, message: 'Internal Server Error' },
  unavailable: { status: 503, message: 'Service Unavailable' },
} as const;

/** An answer of the gateway itself. */
export function gatewayAnswer(name: keyof typeof gatewayAnswers): HttpAnswer {
  const { status, message } = gatewayAnswers[name];
  return jsonAnswer(status, JSON.stringify({ message }));
}

function jsonAnswer(status: number, text: string): HttpAnswer {
  return { status, headers: { 'content-type': 'application/json' }, cookies: [], body: Buffer.from(text) };
}

/** What a function answered. Without a status code all of it is the body; a malformed one is the function's failure. */
export function readAnswer(payload: string): HttpAnswer {
  const answer = JSON.parse(payload) as unknown;
  if (typeof answer !== 'object' || answer === null || !('statusCode' in answer)) {
    return jsonAnswer(200, typeof answer === 'string' ? answer : payload);
  }
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded } = answer as Record<string, unknown>;
  const isWellFormed = isStatus(statusCode) && typeof body === 'string' && isStringMap(headers) && isList(cookies);
  if (!isWellFormed) return gatewayAnswer('functionFailed');
  const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return {
    status: Number(statusCode),
    headers: { 'content-type': 'text/plain; charset=utf-8', ...(Object.fromEntries(lowerCase) as object) },
    cookies,
    body: Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

function isStatus(value: unknown): boolean {
  const status = Number(value);
  return Number.isInteger(status) && status >= 100 && status < 600;
}

function isStringMap(value: unknown): value is Record<string, string | number | boolean> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((item) => ['string', 'number', 'boolean'].includes(typeof item));
}

function isList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** Sends it. The gateway sets the length itself, and its own request id. */
export function send(response: ServerResponse, answer: HttpAnswer, requestId: string): void {
  const { 'content-length': _, ...headers } = answer.headers;
  response.writeHead(answer.status, {
    ...headers,
    ...(answer.cookies.length === 0 ? {} : { 'set-cookie': [...answer.cookies] }),
    ...(answer.status === 204 || answer.status === 304 ? {} : { 'content-length': String(answer.body.length) }),
    'apigw-requestid': requestId,
  });
  response.end(answer.body);
}
