/** The way out of every API function: answers as JSON, whatever goes wrong as a problem (RFC 9457), and one log line. */
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { systemClock } from '../../../shared/platform/clock.ts';
import { errorFields, log } from '../../../shared/platform/log/logger.ts';
import { Problem } from '../../../shared/platform/problems/problem.ts';

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** In place of a body, for what is not JSON; `headers` say what it is. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the hosted pages only. */
  readonly cookies?: readonly string[];
}

const commonHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
};

export function toResult(answer: Answer): APIGatewayProxyStructuredResultV2 {
  const body = answer.text ?? (answer.body === undefined ? undefined : JSON.stringify(answer.body));
  const content = body === undefined ? {} : { body };
  return {
    statusCode: answer.status,
    headers: { 'content-type': 'application/json', ...commonHeaders, ...answer.headers },
    ...content,
    ...(answer.cookies ? { cookies: [...answer.cookies] } : {}),
  };
}

export function problemResult(error: unknown, requestId: string): APIGatewayProxyStructuredResultV2 {
  const problem = error instanceof Problem ? error : new Problem('internal-error', {}, error);
  if (problem.status >= 500) log('error', problem.problem, { requestId, ...errorFields(problem.cause ?? error) });
  const { retryAfterSeconds } = problem.members;
  const retryAfter =
    problem.status === 429 || problem.status === 503
      ? { 'retry-after': String(Math.max(1, Math.ceil(retryAfterSeconds ?? 1))) }
      : {};
  const challenge = problem.problem === 'key-invalid' ? { 'www-authenticate': 'Bearer' } : {};
  // For a device whose clock is wrong, and which cannot ask anything else before it is right.
  const time = problem.problem === 'device-invalid' ? { 'countersign-time': String(Math.floor(systemClock.now() / 1000)) } : {};
  return toResult({
    status: problem.status,
    body: problem.toBody(requestId),
    headers: { 'content-type': 'application/problem+json', ...retryAfter, ...challenge, ...time },
  });
}

/** Registered first: middy runs onError in reverse order, so that the first has the last word. */
export const problems: MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> = {
  onError: (request) => {
    const { requestContext, routeKey } = request.event;
    const { requestId } = requestContext;
    request.response = problemResult(request.error, requestId);
    const { statusCode = 500 } = request.response;
    const problem = request.error instanceof Problem ? { problem: request.error.problem } : {};
    log('info', 'answered', { requestId, operation: routeKey, status: statusCode, ...problem });
  },
};

export const requestLog: MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> = {
  after: ({ event, response }) => {
    log('info', 'answered', {
      requestId: event.requestContext.requestId,
      operation: event.routeKey,
      status: response?.statusCode ?? 200,
    });
  },
};
