/** One HTTP server for every AWS service but the database, in the protocols that the SDK's clients speak. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import { readJsonCall, writeJson, writeJsonError } from './json-protocol.ts';
import { readQueryCall, writeQuery, writeQueryError } from './query-protocol.ts';
import { findRestCall, type RestRoute } from './rest-protocol.ts';
import { ServiceError } from './service-error.ts';

export interface AwsRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface AwsReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What an operation is given depends on its protocol: a parsed body, or a form's fields. */
export type Operation<Input> = (input: Input) => unknown;

export interface AwsServices {
  /** By the X-Amz-Target's first part: KMS, Step Functions, EventBridge, End User Messaging. */
  readonly json: Readonly<Record<string, Readonly<Record<string, Operation<Record<string, unknown>>>>>>;
  /** By the form's Version: SNS, SES. */
  readonly query: Readonly<Record<string, Readonly<Record<string, Operation<URLSearchParams>>>>>;
  /** By method and path: Connect, Lambda. */
  readonly rest: readonly RestRoute[];
}

/** Answers for the services, to whoever reaches 127.0.0.1. Signatures are not looked at. */
export function createAwsEndpoint(services: AwsServices, log: (line: string) => void): RequestListener {
  return (request, response) => {
    // Only programs on this machine: a page of another site names itself, or a host that is not this one.
    if (request.headers.origin !== undefined || !/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(request.headers.host ?? '')) {
      response.writeHead(403).end();
      return;
    }
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const { method = 'GET', url = '/', headers } = request;
      const reply = await answer(services, { method, url, headers, body: Buffer.concat(chunks) }, log);
      response.writeHead(reply.status, { 'x-amzn-requestid': randomUUID(), ...reply.headers });
      response.end(reply.body);
    })().catch(() => response.destroy());
  };
}

async function answer(services: AwsServices, request: AwsRequest, log: (line: string) => void): Promise<AwsReply> {
  const target = request.headers['x-amz-target'];
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  const writeError = isForm ? writeQueryError : writeJsonError;
  try {
    refuseBrowsers(request);
    if (typeof target === 'string') {
      const { operation, input } = readJsonCall(services.json, target, request.body);
      return writeJson(await operation(input));
    }
    if (isForm) {
      const { operation, input, name } = readQueryCall(services.query, request.body);
      return writeQuery(name, await operation(input));
    }
    const rest = findRestCall(services.rest, request);
    return await rest();
  } catch (error) {
    const known = asServiceError(error);
    if (known.status >= 500) log(`AWS endpoint: ${request.method} ${String(target ?? request.url)}: ${known.message}`);
    return writeError(known);
  }
}

/** No page has business here. Nothing is signed, so a page that finds the port could invoke functions blindly. */
function refuseBrowsers({ headers }: AwsRequest): void {
  if (headers.origin === undefined && headers['sec-fetch-site'] === undefined) return;
  throw new ServiceError('AccessDeniedException', 'The local AWS endpoint does not answer browsers.', 403);
}

/** The stand-ins for telephone and carriers throw errors of their own with the same three fields. */
function asServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  const { name, message, status } = error as { name?: string; message?: string; status?: unknown };
  if (typeof status === 'number') return new ServiceError(name ?? 'InternalFailure', message ?? '', status);
  return new ServiceError('InternalFailure', message ?? String(error), 500);
}
