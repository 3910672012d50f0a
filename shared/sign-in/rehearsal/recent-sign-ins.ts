/** How often each person signed in lately, from the audit trail: newest first, as far back as there is time to read. */
import { day } from '../../platform/clock.ts';
import type { Attributes } from '../../platform/dynamo/attributes.ts';
import type { Table } from '../../platform/dynamo/table.ts';
import { auditPartition } from '../../user-state/event-item.ts';

export const countedDays = 30;
const pageSize = 1000;

export interface RecentSignIns {
  /** By user id. */
  readonly times: ReadonlyMap<string, number>;
  /** From when on they were counted. */
  readonly from: number;
  readonly isComplete: boolean;
}

/** A start is one sign-in; one that brought its answer left the approval instead; where nobody was asked, rows are counted by minute. */
function signInsOf(item: Attributes): number {
  const kind = item['kind']?.S;
  if (kind === 'not-required') return Number(item['times']?.N ?? 1);
  if (kind !== 'challenge-started' && kind !== 'challenge-approved') return 0;
  const detail = item['detail']?.M ?? {};
  return detail['purpose']?.S === 'sign-in' && detail['audience'] !== undefined ? 1 : 0;
}

export async function recentSignIns(table: Table, organizationKey: string, now: number, isTimeUp: () => boolean): Promise<RecentSignIns> {
  const times = new Map<string, number>();
  const since = now - countedDays * day;
  let from = now;
  let after: Attributes | undefined;
  do {
    if (isTimeUp()) return { times, from, isComplete: false };
    const range = { from: new Date(since).toISOString(), to: `${new Date(now).toISOString()}~` };
    const page = await table.query({ index: 'audit', partition: auditPartition(organizationKey), ...range, after, limit: pageSize, newestFirst: true });
    for (const item of page.items) {
      const userId = item['userId']?.S;
      const signIns = userId === undefined ? 0 : signInsOf(item);
      if (userId !== undefined && signIns > 0) times.set(userId, (times.get(userId) ?? 0) + signIns);
      from = Math.min(from, Number(item['at']?.N ?? from));
    }
    after = page.last;
  } while (after);
  return { times, from: since, isComplete: true };
}
