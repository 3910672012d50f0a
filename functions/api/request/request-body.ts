/** Reads a JSON body into a typed value, or says exactly which fields are wrong, never what they held. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod/mini';
import { Problem } from '../../../shared/platform/problems/problem.ts';

const mostBytes = 16 * 1024;

function pointer(path: readonly PropertyKey[]): string {
  return `#${path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`;
}

function describe(issue: z.core.$ZodIssue): { pointer: string; detail: string }[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ pointer: pointer([...issue.path, key.slice(0, 60)]), detail: 'is not a known field' }));
  }
  const detail = issue.code === 'invalid_type' ? `must be ${issue.expected}` : issue.message || 'is not valid';
  return [{ pointer: pointer(issue.path), detail }];
}

export function parse<T extends z.ZodMiniType>(schema: T, value: unknown): z.infer<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Problem('request-invalid', { errors: result.error.issues.flatMap(describe).slice(0, 20) });
}

/** As it came over the wire. */
export const bodyBytes = ({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): Buffer => Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');

/** `most` is for the few operations that take a file. */
export function readBody<T extends z.ZodMiniType>(schema: T, event: APIGatewayProxyEventV2, most = mostBytes): z.infer<T> {
  const text = bodyBytes(event).toString('utf8');
  if (Buffer.byteLength(text) > most) throw new Problem('content-too-large', { detail: `At most ${most} bytes.` });
  const type = event.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (text !== '' && type !== 'application/json') throw new Problem('content-type-unsupported');
  return parse(schema, parseJson(text));
}

/** An own property of this name would be lost on the way through a plain object: it is no field of ours. */
function refuseProto(name: string, value: unknown): unknown {
  if (name === '__proto__') throw new Problem('request-invalid', { detail: 'A field has a name that is not allowed.' });
  return value;
}

function parseJson(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text, refuseProto);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('request-invalid', { detail: 'The body is not JSON.' });
  }
}
