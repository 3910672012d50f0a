/** What a million sign-ins cost, from counts and prices: no messages, nothing free, nothing but what is paid per use. */
import { functions } from '../../shared/contract/functions.ts';
import type { Count } from './operations.ts';
import { assumptions, prices, type Price } from './prices.ts';

export interface CostLine {
  readonly what: string;
  readonly dollars: number;
}

const perMillion = ({ dollars, per }: Price, amount: number): number => (dollars / per) * amount * 1e6;

/** Of one API request that makes these calls. */
export function costLines({ reported, logBytes, answerBytes }: Count): CostLine[] {
  const gigabytes = functions['api-sign-in'].memoryMegabytes / 1024;
  const gigabyteSeconds = (gigabytes * assumptions.billedMilliseconds) / 1000;
  const logged = logBytes + assumptions.accessLogBytes + 2 * assumptions.logEventOverhead;
  return [
    { what: 'HTTP API request', dollars: perMillion(prices.httpApiRequest, 1) },
    { what: 'Lambda request', dollars: perMillion(prices.lambdaRequest, 1) },
    { what: `Lambda, ${String(assumptions.billedMilliseconds)} ms assumed`, dollars: perMillion(prices.lambdaArm, gigabyteSeconds) },
    { what: `${String(reported.reads)} read units`, dollars: perMillion(prices.dynamoRead, reported.reads) },
    { what: `${String(reported.writes)} write units, audit record and its index entry included`, dollars: perMillion(prices.dynamoWrite, reported.writes) },
    { what: `${String(logged)} bytes of logs`, dollars: perMillion(prices.logsIngested, logged) },
    { what: `${String(answerBytes + assumptions.answerHeaderBytes)} bytes out`, dollars: perMillion(prices.transferOut, answerBytes + assumptions.answerHeaderBytes) },
  ];
}

export const totalOf = (lines: readonly CostLine[]): number => lines.reduce((sum, { dollars }) => sum + dollars, 0);

/** Keeping the record, and its copy in the index, for as long as it is kept. Not part of what a sign-in costs when it happens. */
export function retentionCost({ eventBytes }: Count): number {
  const stored = 2 * (eventBytes + assumptions.storedItemOverhead);
  return perMillion(prices.dynamoStorage, stored * assumptions.retentionMonths);
}
