/** A working installation: an engine, a stub for the other services, one organization, and a portal's key to call with. */
import { startStub, type Stub } from '../stub/aws-stub.ts';
import type { Operation } from '../../shared/contract/routes.ts';
import { mustAnswer, openDoors, type ApiAnswer, type Doors } from './doors.ts';
import { environmentOf } from './environment.ts';
import { startTable, type BenchTable } from './table.ts';
import { makeTotpUsers } from './totp-users.ts';

export const organizationId = 'acme';

export interface Stage {
  readonly table: BenchTable;
  readonly stub: Stub;
  readonly doors: Doors;
  readonly clientKey: string;
  /** The API, called with the portal's key. */
  call(operation: Operation, path: Readonly<Record<string, string>>, body?: unknown): Promise<ApiAnswer>;
  addTotpUsers(prefix: string, count: number): Promise<void>;
  stop(): Promise<void>;
}

/** What a portal sends when somebody's password was right. */
export const startOf = (userId: string, answer?: string): Readonly<Record<string, string>> => ({
  organizationId,
  userId,
  audience: 'portal',
  firstFactor: 'password',
  ...(answer === undefined ? {} : { answer }),
});

/** One per process: the doors read their environment once. */
export async function openStage(): Promise<Stage> {
  const [table, stub] = await Promise.all([startTable(), startStub()]);
  Object.assign(process.env, environmentOf({ table: table.endpoint, others: stub.url }));
  const doors = openDoors();
  const { clientKey } = (await doors.invoke('operator', { command: 'bootstrap' })) as { clientKey: string };
  const call: Stage['call'] = (operation, path, body) => doors.api(operation, { clientKey, path, ...(body === undefined ? {} : { body }) });
  await mustAnswer(call('putOrganization', { organizationId }, { name: 'Acme Corporation' }));
  return {
    table,
    stub,
    doors,
    clientKey,
    call,
    addTotpUsers: (prefix, count) => makeTotpUsers(table.endpoint, organizationId, prefix, count),
    stop: async () => {
      await stub.stop();
      await table.stop();
    },
  };
}
