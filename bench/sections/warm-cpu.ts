/** 3. Processor time per answered challenge, beside the usual way of writing it and beside the least possible. */
import { budgets } from '../budgets.ts';
import { atMost, told, type Section } from '../report/report.ts';
import { median, ratioOfMedians, quartiles } from '../report/statistics.ts';
import type { Side } from '../warm/flow-child.ts';
import { measureWarm, type WarmSpent } from '../warm/warm.ts';
import type { BenchOptions } from './options.ts';

const usersPerRound = 40;

const perFlow = (spent: WarmSpent, side: Side): number[] => spent[side].map(({ cpu, flows }) => cpu / flows);

function describe(values: readonly number[]): string {
  const [low, high] = quartiles(values);
  return `${median(values).toFixed(2)} ms (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

export async function measureWarmCpu({ quick }: BenchOptions): Promise<Section> {
  const spent = await measureWarm(usersPerRound, { warmUp: quick ? 6 : 12, rounds: 9, milliseconds: quick ? 8_000 : 12_000 });
  const [ours, own, usual, floor] = [perFlow(spent, 'product'), perFlow(spent, 'own-code'), perFlow(spent, 'usual-way'), perFlow(spent, 'floor')];
  const unanswered = Object.values(spent).flat().reduce((sum, { flows, approved }) => sum + flows - approved, 0);
  return {
    title: `3. Processor time per answered challenge (start + answer; ${String(ours.length)} rounds of ${String(usersPerRound)}, in turn)`,
    rows: [
      told('ours: the doors as they are, 4 calls', describe(ours)),
      told('  of it our own code, middy and zod included, without the SDK', describe(own)),
      told('the usual way: middy, zod, lib-dynamodb, KMS, otplib, jose, 11 calls', describe(usual)),
      told('the floor: one TOTP check, three AES-GCM openings, one ES256 signature', describe(floor)),
      atMost('ours ÷ the usual way', ratioOfMedians(ours, usual), budgets.warmToUsualWay, (ratio) => `× ${ratio.toFixed(2)}`),
      told('ours ÷ the floor; our own code ÷ the floor', `× ${ratioOfMedians(ours, floor).toFixed(0)}, × ${ratioOfMedians(own, floor).toFixed(0)}`),
      atMost('sign-ins that were not approved, on any side', unanswered, 0, String),
    ],
    notes: [
      'process.cpuUsage of each side\'s own process, all threads. The table is in memory, its time taken off; no sockets, so the side with more calls is favored.',
      'The rest of ours is the SDK: making, signing and reading four requests costs more than everything that we do with them.',
    ],
  };
}
