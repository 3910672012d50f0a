/**
 * Answers the SDK's requests inside this process, without sockets: what is left is what a function's own code and the
 * SDK cost, and what this table costs is taken off. Sockets and TLS would cost more again per call, on Lambda as here;
 * leaving them out favors the side that makes more calls.
 */
import { Readable } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { answerTarget } from '../stub/aws-stub.ts';
import type { MemoryTable } from '../stub/memory-table.ts';

interface Request {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface Transport {
  /** Milliseconds of this thread that went into the table since it was asked last. */
  takeTableTime(): number;
}

const text = new TextDecoder();
const threadTime = (since?: NodeJS.CpuUsage): NodeJS.CpuUsage => process.threadCpuUsage(since);

/** Every client of this process is made with the same class of handler, so it is replaced there. */
export function answerInMemory(table: MemoryTable): Transport {
  let spent = 0;
  const handle = ({ headers, body }: Request): Promise<unknown> => {
    const begun = threadTime();
    const target = headers['X-Amz-Target'] ?? headers['x-amz-target'] ?? '';
    const answer = answerTarget(table, target, text.decode(body));
    if (!answer) throw new Error(`the table in memory does not know ${target}`);
    const bytes = Buffer.from(answer.body);
    const { user, system } = threadTime(begun);
    spent += (user + system) / 1000;
    const response = { statusCode: 200, headers: { 'content-type': answer.type, 'x-amzn-requestid': 'bench' }, body: Readable.from([bytes], { objectMode: false }) };
    return Promise.resolve({ response });
  };
  const client = new DynamoDBClient({ region: 'us-east-1' });
  (Object.getPrototypeOf(client.config.requestHandler) as { handle: typeof handle }).handle = handle;
  client.destroy();
  return {
    takeTableTime: () => {
      const time = spent;
      spent = 0;
      return time;
    },
  };
}
