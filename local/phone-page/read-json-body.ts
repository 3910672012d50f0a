/** Reads a request's body: JSON, small, and with no field that nobody asked for. */
import type { IncomingMessage } from 'node:http';

import type { z } from 'zod';

import { PageProblem } from './problem.ts';

const maximumBytes = 64 * 1024;

async function readText(request: IncomingMessage): Promise<string> {
  const tooLong = new PageProblem(413, `A body may have up to ${maximumBytes} bytes.`);
  if (Number(request.headers['content-length'] ?? 0) > maximumBytes) throw tooLong;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maximumBytes) throw tooLong;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PageProblem(400, 'The body is not valid JSON.');
  }
}

function pointerOf(path: readonly PropertyKey[]): string {
  return `#${path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`;
}

/** The body by its schema; without a body, the schema decides about `{}`. */
export async function readJsonBody<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  const length = Number(request.headers['content-length'] ?? 0);
  const hasBody = request.headers['transfer-encoding'] !== undefined || length > 0;
  const mediaType = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  // Only JSON: it is what a form of another site cannot send without asking first.
  if (hasBody && mediaType !== 'application/json') throw new PageProblem(415, 'Send the body as application/json.');
  const result = schema.safeParse(hasBody ? parse(await readText(request)) : {});
  if (result.success) return result.data;
  const errors = result.error.issues.map((issue) => ({ pointer: pointerOf(issue.path), detail: issue.message }));
  throw new PageProblem(400, 'The body is not as it should be.', { errors });
}
