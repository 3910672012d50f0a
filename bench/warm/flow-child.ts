/** One side of the comparison in a process of its own, whose processor time is then all its own. Works when it is told to. */
import { functions } from '../../shared/contract/functions.ts';
import { obey } from '../report/processes.ts';
import { floorOnce } from '../yardsticks/floor.ts';
import { environmentOf } from '../stage/environment.ts';
import { openDoors, mustAnswer } from '../stage/doors.ts';
import { organizationId } from '../stage/stage.ts';
import { makeTotpUsers } from '../stage/totp-users.ts';
import { startStub, type Stub } from '../stub/aws-stub.ts';
import { runFlows, type Handler, type Spent } from './flows.ts';
import { answerCommandsInMemory } from './memory-commands.ts';
import { answerInMemory } from './memory-transport.ts';
import { makeUsualRecords } from './usual-records.ts';

/** `own-code` is the product without the SDK. */
export type Side = 'product' | 'own-code' | 'usual-way' | 'floor';

export interface FlowSettings {
  readonly side: Side;
  readonly users: number;
}

type Run = () => Promise<Spent>;

async function openProduct({ url, table }: Stub, users: number, side: Side): Promise<Run> {
  const doors = openDoors();
  const { clientKey } = (await doors.invoke('operator', { command: 'bootstrap' })) as { clientKey: string };
  await mustAnswer(doors.api('putOrganization', { clientKey, path: { organizationId }, body: { name: 'Acme Corporation' } }));
  await makeTotpUsers(url, organizationId, 'warm', users);
  const { handler } = (await import(new URL(`../../${functions['api-sign-in'].entry}`, import.meta.url).href)) as { handler: Handler };
  const transport = answerInMemory(table);
  if (side === 'own-code') answerCommandsInMemory();
  return () => runFlows(handler, clientKey, 'warm', users, transport);
}

async function openUsualWay({ url, table }: Stub, users: number): Promise<Run> {
  const clientKey = await makeUsualRecords(url, 'warm', users);
  const { handler } = await import('../yardsticks/usual-way/handler.ts');
  const transport = answerInMemory(table);
  return () => runFlows(handler as Handler, clientKey, 'warm', users, transport);
}

function runFloor(users: number): Promise<Spent> {
  const cpuAt = process.cpuUsage();
  for (let count = 0; count < users; count += 1) floorOnce(Date.now());
  const { user, system } = process.cpuUsage(cpuAt);
  return Promise.resolve({ cpu: (user + system) / 1000, wall: 0, flows: users, approved: users });
}

async function open({ side, users }: FlowSettings): Promise<Run> {
  if (side === 'floor') return () => runFloor(users);
  // Users are written through sockets, before anything is measured.
  const stub = await startStub();
  Object.assign(process.env, environmentOf({ table: stub.url, others: stub.url }));
  return side === 'usual-way' ? openUsualWay(stub, users) : openProduct(stub, users, side);
}

obey<FlowSettings, 'run'>(async (settings) => ({ answer: await open(settings) }));
