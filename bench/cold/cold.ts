/** Cold starts, one process each, in turn: import, first read and first write over TLS to the stub. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionName } from '../../shared/contract/functions.ts';
import { tell } from '../report/processes.ts';
import { takeTurns } from '../report/statistics.ts';
import { environmentOf } from '../stage/environment.ts';
import { selfSigned } from '../stub/certificate.ts';
import { functionNames, type ColdBundles } from './bundles.ts';
import { recordRequests } from './record-requests.ts';
import type { Scene } from './scene.ts';
import { startCold, type ColdStart, type Start } from './start-cold.ts';

export type ColdSubject = FunctionName | 'defaults' | 'hand-signed';

export type ColdStarts = Readonly<Record<ColdSubject, readonly ColdStart[]>>;

export interface ColdRounds {
  /** Of the sign-in function and of what it is compared with. */
  readonly compared: number;
  /** Of every other function. */
  readonly others: number;
}

export async function measureColdStarts(scene: Scene, bundles: ColdBundles, rounds: ColdRounds, names = functionNames): Promise<ColdStarts> {
  const fileOf = (name: string, content: unknown): string => {
    const path = join(bundles.folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const startOf = (name: FunctionName): Start => ({ bundle: bundles.pathOf(name), eventFile: fileOf(`${name}.json`, scene.events[name]) });
  const signIn = startOf('api-sign-in');
  const requests = await recordRequests(scene.items, signIn, scene.madeAt);
  const compared: Readonly<Record<string, Start>> = {
    'api-sign-in': signIn,
    defaults: { ...signIn, bundle: bundles.defaults },
    'hand-signed': { bundle: bundles.handSigned, eventFile: fileOf('calls.json', requests) },
  };
  const others = Object.fromEntries(names.filter((name) => name !== 'api-sign-in').map((name) => [name, startOf(name)]));
  const certificate = selfSigned(new Date());
  const stub = await tell(new URL('../stub/stub-process.ts', import.meta.url), { certificate, itemsFile: fileOf('items.json', scene.items) });
  const url = String(stub.first);
  const env = { ...environmentOf({ table: url, others: url }), NODE_EXTRA_CA_CERTS: fileOf('certificate.pem', certificate.cert) };
  const measure = (starts: Readonly<Record<string, Start>>, count: number): Promise<Record<string, ColdStart[]>> => {
    const subjects = Object.fromEntries(Object.entries(starts).map(([name, start]) => [name, () => startCold(start, scene.madeAt, env)]));
    return takeTurns(subjects, { warmUp: 1, rounds: count });
  };
  try {
    return { ...(await measure(compared, rounds.compared)), ...(await measure(others, rounds.others)) } as unknown as ColdStarts;
  } finally {
    await stub.told.stop();
  }
}
