/** 4. Sign-ins per second on the engine, whether more users cost more, and what must never happen beside every rate. */
import { budgets } from '../budgets.ts';
import type { Load, LoadRequest } from '../load/load-child.ts';
import type { Violations } from '../load/violations.ts';
import { tell, type Told } from '../report/processes.ts';
import { atMost, told, type Row, type Section } from '../report/report.ts';
import { median, ratioOfMedians, takeTurns } from '../report/statistics.ts';
import type { BenchOptions } from './options.ts';

const few = 10;
const perRound = 100;
const slowly = 100;

const costOf = (loads: readonly Load[]): number[] => loads.map(({ cpu, signIns }) => cpu / signIns);
const rateOf = (loads: readonly Load[]): string => `${(1000 * median(loads.map(({ signIns, wall }) => signIns / wall))).toFixed(0)}/s`;

/** How far apart rounds of one and the same kind are. */
function describe(loads: readonly Load[]): string {
  return `${rateOf(loads)}, CPU ${median(costOf(loads)).toFixed(2)} ms each`;
}

function violationRow({ replays, guesses, redemptions, openLocks, tries }: Violations, where: string): Row {
  const found = [replays, guesses, redemptions, openLocks];
  const isWithin = found.every((count) => count === 0);
  return { what: `${where}, ${String(tries)} tries at once: violations`, measured: found.join(' + '), budget: '0', isWithin };
}

type Installation = Told<Load & Violations>;

const open = async (users: number): Promise<{ engine: unknown; told: Installation }> => {
  const { first, told: installation } = await tell<Load & Violations>(new URL('../load/load-child.ts', import.meta.url), { users });
  return { engine: first, told: installation };
};

const signIn = (installation: Installation, count: number, perSecond?: number) => (): Promise<Load> =>
  installation.ask({ do: 'sign in', count, ...(perSecond === undefined ? {} : { perSecond }) } satisfies LoadRequest);

export async function measureLoad({ quick, full }: BenchOptions): Promise<Section> {
  const many = full ? 1_000_000 : quick ? 10_000 : 100_000;
  const small = await open(few);
  const large = await open(many);
  try {
    const patience = { warmUp: quick ? 3 : 5, rounds: quick ? 5 : 9, milliseconds: quick ? 5_000 : 10_000 };
    const loads = await takeTurns({ small: signIn(small.told, perRound), large: signIn(large.told, perRound) }, patience);
    const slow = await takeTurns({ fast: signIn(small.told, perRound), slow: signIn(small.told, perRound, slowly) }, { warmUp: 0, rounds: quick ? 3 : 5 });
    const violations = [await small.told.ask({ do: 'find violations' }), await large.told.ask({ do: 'find violations' })] as const;
    const refused = [...loads.small, ...loads.large].reduce((sum, { signIns, approved }) => sum + signIns - approved, 0);
    const share = (count: number): string => count.toLocaleString('en');
    return {
      title: `4a. Direct TOTP sign-ins through the doors on ${String(small.engine)}, ten at once`,
      rows: [
        told(`${share(few)} users`, describe(loads.small)),
        told(`${share(many)} users`, describe(loads.large)),
        atMost(`CPU per sign-in, ${share(many)} users ÷ ${share(few)}`, ratioOfMedians(costOf(loads.large), costOf(loads.small)), budgets.manyUsersToTen, (ratio) => `× ${ratio.toFixed(2)}`),
        told(`CPU per sign-in at ${String(slowly)}/s ÷ as fast as it goes (${rateOf(slow.fast)})`, `× ${ratioOfMedians(costOf(slow.slow), costOf(slow.fast)).toFixed(2)}`),
        atMost('right codes refused', refused, 0, String),
        violationRow(violations[0], `${share(few)} users`),
        violationRow(violations[1], `${share(many)} users`),
      ],
      notes: [
        'Violations: codes taken twice + guesses answered beyond the fifth + results redeemed twice + locks passed.',
        'CPU is the functions\' process alone. The rate is this machine\'s, with the engine beside it: on AWS neither bounds the service.',
      ],
    };
  } finally {
    await small.told.stop();
    await large.told.stop();
  }
}
