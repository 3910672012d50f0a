/** Processor time per answered challenge: ours, the usual way's and the floor's, in turn, each in its own process. */
import { tell } from '../report/processes.ts';
import { takeTurns, type Patience } from '../report/statistics.ts';
import type { Side } from './flow-child.ts';
import type { Spent } from './flows.ts';

export type WarmSpent = Readonly<Record<Side, readonly Spent[]>>;

/** Rounds of `users` sign-ins on each side. */
export async function measureWarm(users: number, patience: Patience): Promise<WarmSpent> {
  const start = async (side: Side) => (await tell<Spent>(new URL('./flow-child.ts', import.meta.url), { side, users })).told;
  const [product, ownCode, usualWay, floor] = [await start('product'), await start('own-code'), await start('usual-way'), await start('floor')];
  try {
    const subjects = { product: () => product.ask('run'), 'own-code': () => ownCode.ask('run'), 'usual-way': () => usualWay.ask('run'), floor: () => floor.ask('run') };
    return await takeTurns(subjects, patience);
  } finally {
    for (const side of [product, ownCode, usualWay, floor]) await side.stop();
  }
}
