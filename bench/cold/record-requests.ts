/** The requests that a cold sign-in function sends, as they are on the wire: the yardstick sends the same ones. */
import { environmentOf } from '../stage/environment.ts';
import { startStub } from '../stub/aws-stub.ts';
import type { Item } from '../stub/memory-table.ts';
import type { HandSignedCall } from '../yardsticks/hand-signed.ts';
import { startCold, type Start } from './start-cold.ts';

export async function recordRequests(items: readonly Item[], start: Start, madeAt: number): Promise<HandSignedCall[]> {
  const calls: HandSignedCall[] = [];
  const stub = await startStub({ observe: (target, body) => calls.push({ service: target.startsWith('Trent') ? 'kms' : 'dynamodb', target, body }) });
  stub.table.load(items);
  try {
    await startCold(start, madeAt, environmentOf({ table: stub.url, others: stub.url }));
    return calls;
  } finally {
    await stub.stop();
  }
}
