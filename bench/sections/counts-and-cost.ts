/** 2. Round trips, capacity units and sizes of items, and what they cost. */
import { budgets } from '../budgets.ts';
import { costLines, retentionCost, totalOf } from '../counts/cost.ts';
import { largestState, ordinaryState, stateSize } from '../counts/largest-state.ts';
import { countOperations, type Count } from '../counts/operations.ts';
import { pricesNotedOn } from '../counts/prices.ts';
import { atMost, told, type Row, type Section } from '../report/report.ts';

const bytes = (count: number): string => `${String(count)} bytes`;
const dollars = (amount: number): string => `$${amount.toFixed(2)}`;
const briefly = (call: string): string => call.replace('DynamoDB.', '').replace('Items', '').replace('Item', '');

function countRow({ operation, calls, reported: { reads, writes } }: Count): Row {
  const budget = budgets.calls[operation];
  return {
    what: `${operation}: ${calls.map(briefly).join(', ')}`,
    measured: `${String(calls.length)} calls, ${String(reads)} R + ${String(writes)} W`,
    budget: `≤ ${String(budget.calls)} calls, ${String(budget.reads)} R + ${String(budget.writes)} W`,
    isWithin: calls.length <= budget.calls && reads <= budget.reads && writes <= budget.writes,
  };
}

function sizeRows(counts: readonly Count[]): Row[] {
  const largestEvent = Math.max(...counts.map(({ eventBytes }) => eventBytes));
  const settled = Math.max(...counts.map(({ stateBytes }) => stateBytes));
  return [
    atMost('state, one factor and one pending challenge', stateSize(ordinaryState), budgets.ordinaryStateBytes, bytes),
    atMost('state, largest of the above, after a week of sign-ins', settled, budgets.ordinaryStateBytes, bytes),
    atMost('state, everything that the caps let in, with ordinary names', stateSize(largestState), budgets.largestStateBytes, bytes),
    atMost('event, largest of the above', largestEvent, budgets.eventBytes, bytes),
  ];
}

function costRows(counts: readonly Count[]): Row[] {
  const direct = counts.find(({ operation }) => operation === 'direct sign-in');
  const redeem = counts.find(({ operation }) => operation === 'redeem');
  if (!direct || !redeem) throw new Error('the sign-in was not counted');
  const lines = costLines(direct);
  return [
    atMost('a million direct TOTP sign-ins, audit record included', totalOf(lines), budgets.dollarsPerMillionSignIns, dollars),
    ...lines.map(({ what, dollars: amount }) => told(`  of it ${what}`, dollars(amount))),
    told('  and if every result is redeemed instead of verified offline', dollars(totalOf(lines) + totalOf(costLines(redeem)))),
    told('  and keeping those audit records for 13 months, table and index', dollars(retentionCost(direct))),
  ];
}

export async function measureCountsAndCost(): Promise<Section> {
  const counts = await countOperations();
  const differing = counts.filter(({ reported, computed }) => reported.reads !== computed.reads || reported.writes !== computed.writes);
  return {
    title: '2. Round trips, capacity units and cost',
    rows: [...counts.map(countRow), ...sizeRows(counts), ...costRows(counts)],
    notes: [
      'Calls are counted by wrapping the SDK clients of the real doors; units are what the engine reports (ConsumedCapacity).',
      differing.length === 0
        ? 'Computed from the items by DynamoDB\'s rules (4 KB read, 1 KB written, double in a transaction, single on the index) they are the same.'
        : `Computed by DynamoDB's rules they differ for: ${differing.map(({ operation }) => operation).join(', ')}.`,
      `List prices of us-east-1 as noted on ${pricesNotedOn}, with their sources in bench/counts/prices.ts; no free tier, no messages, nothing per month.`,
    ],
  };
}
