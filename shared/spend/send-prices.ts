/**
 * What a send costs, in millionths of a US dollar: the carrier's list price and our own part of it. Looked up on the
 * date below, for us-east-1; budgets and the carriers' own caps limit what is spent, this only reckons it.
 */
import { textPrices } from './text-prices.ts';

export const pricesAsOf = '2026-11-21';
export const currency = 'USD';
const millionths = 1_000_000;

export type CostKind = 'call' | 'text' | 'mail' | 'push';

export interface SendCost {
  readonly kind: CostKind;
  /** Millionths of a dollar. */
  readonly amount: number;
}

/** A gateway request, a function's 100 ms, the writes of the transaction twice over: docs/deployment.md §9. */
const ownPart = 0.000_011;
/** Seven transitions of the workflow a leg, at $25 a million. */
const legTransitions = 7 * 0.000_025;
/** A minute of Amazon Connect. */
const connectMinute = 0.018;
/** The first minute of the telephone line, by country; what is not listed counts as the dearest that is. */
const lineMinute: Readonly<Record<string, number>> = { US: 0.005, CA: 0.005, GB: 0.07 };
const dearestLine = Math.max(...Object.values(lineMinute));
const dearestText = Math.max(...Object.values(textPrices).map(({ dollars }) => dollars));
/** SES Essentials. */
const mail = 0.000_16;

const inMillionths = (dollars: number): number => Math.round(dollars * millionths);

/** One leg: whoever answers, and whoever does not, takes a minute at the most. */
export const legCost = (country: string): SendCost => ({
  kind: 'call',
  amount: inMillionths(legTransitions + connectMinute + (lineMinute[country] ?? dearestLine)),
});

export const callCost = (country: string): SendCost => ({ kind: 'call', amount: legCost(country).amount + inMillionths(ownPart) });

export const textCost = (country: string): SendCost => ({ kind: 'text', amount: inMillionths(ownPart + (textPrices[country]?.dollars ?? dearestText)) });

export const mailCost: SendCost = { kind: 'mail', amount: inMillionths(ownPart + mail) };

export const pushCost: SendCost = { kind: 'push', amount: inMillionths(ownPart) };

export const dollarsOf = (amount: number): number => amount / millionths;
