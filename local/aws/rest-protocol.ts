/** REST JSON, of Connect and Lambda: the operation is a method and a path. */
import { unknownOperation } from './json-protocol.ts';
import type { AwsReply, AwsRequest } from './endpoint.ts';

export interface RestRoute {
  readonly method: string;
  /** With one group for each parameter of the path. */
  readonly path: RegExp;
  answer(parameters: readonly string[], request: AwsRequest): Promise<AwsReply> | AwsReply;
}

/** Finds the route; parameters arrive decoded (an ARN in a path is encoded as one segment). */
export function findRestCall(routes: readonly RestRoute[], request: AwsRequest): () => Promise<AwsReply> {
  const path = request.url.split('?')[0] ?? '/';
  for (const route of routes) {
    const match = route.method === request.method ? route.path.exec(path) : null;
    if (match !== null) return async () => route.answer(match.slice(1).map(decodeURIComponent), request);
  }
  throw unknownOperation(`${request.method} ${path}`);
}

export function restReply(output: unknown): AwsReply {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(output ?? {}) };
}
