/** Headers, path and query of a request as the doors need them; what has the wrong form is a problem. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Actor } from '../../../shared/clients/admit.ts';
import { Problem } from '../../../shared/platform/problems/problem.ts';

const headerPattern = /^[\x21-\x7e]{1,255}$/;
const longestParameter = 200;

export function readActor(header: string | undefined): Actor | undefined {
  if (header === undefined) return undefined;
  try {
    const [organizationId, userId, ...rest] = header.split('/').map(decodeURIComponent);
    if (organizationId && userId && rest.length === 0) return { organizationId, userId };
  } catch {
    // Not percent-encoding: the same problem as any other wrong form.
  }
  throw new Problem('request-invalid', {
    detail: 'Countersign-Actor must be <organizationId>/<userId>, each percent-encoded.',
  });
}

/** The gateway hands over decoded values. One that is too long names nothing. */
export function readPath(event: APIGatewayProxyEventV2): Record<string, string> {
  const path: Record<string, string> = {};
  for (const [name, value = ''] of Object.entries(event.pathParameters ?? {})) {
    if (value.length > longestParameter) throw new Problem('not-found');
    path[name] = value;
  }
  return path;
}

export function readQuery(event: APIGatewayProxyEventV2): Record<string, string> {
  const given = Object.entries(event.queryStringParameters ?? {});
  return Object.fromEntries(given.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

export function readIdempotencyKey(event: APIGatewayProxyEventV2): string | undefined {
  const key = event.headers['idempotency-key'];
  if (key !== undefined && !headerPattern.test(key)) {
    throw new Problem('request-invalid', { detail: 'Idempotency-Key must be 1 to 255 visible characters.' });
  }
  return key;
}

/** An ETag is a version in quotes. */
export const toEntityTag = (version: number): string => `"${String(version)}"`;

/** The version that If-Match asks for; a tag that is not one of ours matches no version. */
export function readIfMatch(header: string | undefined): { readonly ifVersion?: number } {
  if (header === undefined || header.trim() === '*') return {};
  const version = /^\s*"(\d{1,15})"\s*$/.exec(header)?.[1];
  if (version === undefined) {
    throw new Problem('version-mismatch', { detail: 'If-Match must be the ETag of an earlier answer.' });
  }
  return { ifVersion: Number(version) };
}
