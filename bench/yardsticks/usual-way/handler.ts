/**
 * The same sign-in, written the usual way: middy, zod, lib-dynamodb, otplib and jose, an item per thing, every read its
 * own call, seeds encrypted by KMS. It is meant to be good code of its kind: reads in parallel, clients and the signing key
 * made once, replay refused, writes in one transaction, an audit record with each. No tracing, which would only cost more.
 */
import middy, { type MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { z } from 'zod';
import { answerChallenge, findClient, startChallenge, UsualProblem } from './challenges.ts';

type Middleware = MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>;

const startRequest = z.object({
  organizationId: z.string().min(1).max(64),
  userId: z.string().min(1).max(100),
  audience: z.string().min(1).max(40),
  firstFactor: z.enum(['password', 'sso']),
  purpose: z.enum(['sign-in', 'change-factors', 'administer']).default('sign-in'),
  nonce: z.string().max(64).optional(),
  context: z.object({ ipAddress: z.string().optional(), userAgent: z.string().optional() }).strict().optional(),
}).strict();

const answerRequest = z.object({ answer: z.string().min(1).max(64) }).strict();

export type StartRequest = z.infer<typeof startRequest>;

const jsonBody: Middleware = {
  before: ({ event }) => {
    if (!event.headers['content-type']?.startsWith('application/json')) throw new UsualProblem(415, 'unsupported media type');
    (event as unknown as { body: unknown }).body = JSON.parse(event.body ?? '{}');
  },
};

const securityHeaders: Middleware = {
  after: ({ response }) => {
    if (response) {
      response.headers = { ...response.headers, 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
    }
  },
};

const requestLog: Middleware = {
  after: ({ event, response }) => {
    console.log(JSON.stringify({ level: 'info', message: 'answered', requestId: event.requestContext.requestId, route: event.routeKey, status: response?.statusCode }));
  },
};

const errors: Middleware = {
  onError: (request) => {
    const { error } = request;
    const status = error instanceof UsualProblem ? error.status : error instanceof z.ZodError ? 400 : 500;
    request.response = { statusCode: status, body: JSON.stringify({ message: status === 500 ? 'internal error' : error?.message }) };
  },
};

async function respond(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const { authorization } = event.headers;
  const { sourceIp, userAgent } = event.requestContext.http;
  const from = { requestId: event.requestContext.requestId, ipAddress: sourceIp, userAgent };
  if (event.routeKey === 'POST /v1/challenges') {
    const body = startRequest.parse(event.body);
    return { statusCode: 201, body: JSON.stringify(await startChallenge(findClient(authorization), body, from)) };
  }
  const { answer } = answerRequest.parse(event.body);
  const challengeId = event.pathParameters?.['challengeId'] ?? '';
  return { statusCode: 200, body: JSON.stringify(await answerChallenge(findClient(authorization), challengeId, answer, from)) };
}

export const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
  .use(errors)
  .use(requestLog)
  .use(securityHeaders)
  .use(jsonBody)
  .handler(respond);
