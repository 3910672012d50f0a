/**
 * Answers the SDK's requests inside this process, without sockets: what is left is what a function's own code and the
 * SDK cost, and what this table costs is measured apart. Sockets and TLS would cost as much again per call, here and on
 * Lambda; leaving them out favors the side that makes more calls.
 */
import { Readable } from 'node:stream';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { answerTarget } from '../stub/aws-stub.ts';
import type { MemoryTable } from '../stub/memory-table.ts';

interface Request {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface Transport {
  /** Milliseconds spent in the table since it was asked last. */
  takeTableTime(): number;
}

export function answerInMemory(table: MemoryTable): Transport {
  let spent = 0;
  const handle = ({ headers, body = '' }: Request): Promise<unknown> => {
    const begun = performance.now();
    const target = headers['X-Amz-Target'] ?? headers['x-amz-target'] ?? '';
    const text = Buffer.from(body as string).toString('utf8');
    const answer = answerTarget(table, target, text);
    if (!answer) throw new Error(`the table in memory does not know ${target}`);
    const bytes = Buffer.from(answer.body);
    spent += performance.now() - begun;
    const response = { statusCode: 200, headers: { 'content-type': answer.type, 'x-amzn-requestid': 'bench' }, body: Readable.from([bytes], { objectMode: false }) };
    return Promise.resolve({ response });
  };
  (NodeHttpHandler.prototype as unknown as { handle: typeof handle }).handle = handle;
  return {
    takeTableTime: () => {
      const time = spent;
      spent = 0;
      return time;
    },
  };
}
