/** Connect, over the telephone, and Lambda, over the local functions. */
import { restReply, type RestRoute } from './rest-protocol.ts';
import type { Functions } from '../lambda/functions.ts';
import type { Connect } from '../telephone/connect.ts';

function json(body: Buffer): Record<string, unknown> {
  return JSON.parse(body.length === 0 ? '{}' : body.toString()) as Record<string, unknown>;
}

/** Placing, describing and ending calls. */
export function connectRoutes(connect: Connect): RestRoute[] {
  return [
    {
      method: 'PUT',
      path: /^\/contact\/outbound-voice$/,
      answer: (_, { body }) => restReply(connect.startOutboundVoiceContact(json(body))),
    },
    {
      method: 'GET',
      path: /^\/contacts\/([^/]+)\/([^/]+)$/,
      answer: ([, contactId = '']) => restReply({ Contact: connect.describeContact(contactId) }),
    },
    {
      method: 'POST',
      path: /^\/contact\/stop$/,
      answer(_, { body }) {
        connect.stopContact(String(json(body)['ContactId']));
        return restReply({});
      },
    },
  ];
}

/** Invoke, waiting for the answer or not. */
export function lambdaRoutes(functions: Functions): RestRoute[] {
  return [
    {
      method: 'POST',
      path: /^\/2015-03-31\/functions\/([^/]+)\/invocations$/,
      async answer([name = ''], { body, headers }) {
        const invocation = functions.invoke(name, body.length === 0 ? {} : (JSON.parse(body.toString()) as unknown));
        if (headers['x-amz-invocation-type'] === 'Event') {
          invocation.catch(() => undefined);
          return { status: 202, headers: {}, body: '' };
        }
        const { payload, functionError } = await invocation;
        const failed = functionError === undefined ? {} : { 'x-amz-function-error': functionError };
        const executed = { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST' };
        return { status: 200, headers: { ...executed, ...failed }, body: payload };
      },
    },
  ];
}
