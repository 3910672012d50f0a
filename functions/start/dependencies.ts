/** What every door works with: made on first use, once per process. */
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../shared/platform/clock.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { kmsRootKeys } from '../../shared/platform/crypto/kms.ts';
import { stageKeyLoader } from '../../shared/platform/crypto/stage-keys.ts';
import { systemRandom } from '../../shared/platform/random.ts';
import type { CommitDependencies } from '../../shared/user-state/commit.ts';
import { getTable } from './table.ts';

export type Dependencies = CommitDependencies;

let loadKeys: ReturnType<typeof stageKeyLoader> | undefined;

/** Keys are looked at again each time, from memory for minutes; everything else is made once. */
export async function getDependencies(): Promise<Dependencies> {
  const table = getTable();
  if (!loadKeys) {
    const environment = readEnvironment(['COUNTERSIGN_STAGE', 'COUNTERSIGN_ROOT_KEY']);
    loadKeys = stageKeyLoader(table, kmsRootKeys(environment.COUNTERSIGN_STAGE, environment.COUNTERSIGN_ROOT_KEY));
  }
  const keys = await loadKeys(systemClock.now());
  return { table, keys, clock: systemClock, random: systemRandom, pause: (milliseconds) => pause(milliseconds) };
}
