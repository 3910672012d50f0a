/**
 * Budgets for what costs money (D20, I12): each is raised by a conditional write inside the send's own transaction, so
 * that however many ask at once, no more is sent than was allowed. Numbers are counted over all organizations.
 */
import { day, hour, second } from '../platform/clock.ts';
import { keyedHash } from '../platform/crypto/keyed-hash.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { Write } from '../platform/dynamo/table.ts';
import { addCost, spendDayExpiry, spendDayKey } from './month-costs.ts';
import type { SendCost } from './send-prices.ts';

const betweenSends = 30 * second;
/** What is sent to sign in, what proves that a number can be reached, and invitations: none ever uses up another. */
const perNumber = { 'sign-in': { hour: 5, day: 10, mark: '' }, proof: { hour: 4, day: 8, mark: '#PROOF' }, invitation: { hour: 4, day: 8, mark: '#INVITATION' } } as const;
type What = keyof typeof perNumber;
/** The whole installation's, per country and day: a breaker, far above what sign-ins need. */
const perCountryAndDay = 20_000;
const countersKeptFor = 30 * day;

export interface PaidSend {
  readonly e164: string;
  readonly country: string;
  /** Whose budget it is on; absent for a further number of a send that is paid for already. */
  readonly organizationKey?: string;
  readonly organizationPerDay?: number;
  /** What it costs, added to the organization's day. */
  readonly cost?: SendCost;
  /** It proves a number that anybody may have named: the owner's sign-ins must not wait for that (A85). */
  readonly isProof?: boolean;
}

interface Budget {
  readonly pk: string;
  readonly sk: string;
  readonly most: number;
  readonly problem: () => Problem;
  readonly cost?: SendCost;
}

const hourOf = (now: number): string => new Date(now).toISOString().slice(0, 13);
const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10);

const tooMany = (waitFor: number): Problem => new Problem('too-many-sends', { retryAfterSeconds: Math.ceil(waitFor / 1000) });

/** What one number, or one address, may be sent. */
function ownBudgets(partition: string, what: What, now: number): Budget[] {
  const own = perNumber[what];
  return [
    { pk: partition, sk: `HOUR#${hourOf(now)}${own.mark}`, most: own.hour, problem: () => tooMany(hour - (now % hour)) },
    { pk: partition, sk: `DAY#${dayOf(now)}${own.mark}`, most: own.day, problem: () => tooMany(day - (now % day)) },
  ];
}

function paidBudgets(send: PaidSend, now: number): Budget[] {
  const untilDay = day - (now % day);
  const limit = (): Problem => new Problem('spend-limit', { retryAfterSeconds: untilDay / 1000 });
  const { organizationKey, organizationPerDay = 0, country } = send;
  return [
    ...(organizationKey === undefined ? [] : [{ ...spendDayKey(organizationKey, now), most: organizationPerDay, problem: limit, ...(send.cost ? { cost: send.cost } : {}) }]),
    { pk: `COUNTRY#${country}`, sk: `DAY#${dayOf(now)}#0`, most: perCountryAndDay, problem: limit },
  ];
}

export interface SpendWrites {
  readonly writes: readonly Write[];
  /** Why the write at this position refused. */
  refusal(position: number): Problem;
}

function countedWrite(table: string, { pk, sk, most, cost }: Budget, now: number): Write {
  const added = cost ? addCost(cost) : undefined;
  const expiresAt = cost ? spendDayExpiry(now) : Math.floor((now + countersKeptFor) / 1000);
  return {
    Update: {
      TableName: table,
      Key: { pk: { S: pk }, sk: { S: sk } },
      UpdateExpression: `SET expiresAt = :expires ADD sent :one${added ? `, ${added.expression}` : ''}`,
      // A budget of nothing lets nothing through, the first included.
      ConditionExpression: most > 0 ? 'attribute_not_exists(sent) OR sent < :most' : 'sent < :most',
      ...(added ? { ExpressionAttributeNames: added.names } : {}),
      ExpressionAttributeValues: { ':one': { N: '1' }, ':most': { N: String(most) }, ':expires': { N: String(expiresAt) }, ...added?.values },
    },
  };
}

/** One in half a minute for whatever the partition is about, and each budget raised by one. */
function budgetWrites(table: string, partition: string, budgets: readonly Budget[], now: number, recentMark = ''): SpendWrites {
  const expiresAt = { N: String(Math.floor((now + countersKeptFor) / 1000)) };
  const recent: Write = {
    Update: {
      TableName: table,
      Key: { pk: { S: partition }, sk: { S: `RECENT${recentMark}` } },
      UpdateExpression: 'SET lastAt = :now, expiresAt = :expires',
      ConditionExpression: 'attribute_not_exists(lastAt) OR lastAt <= :before',
      ExpressionAttributeValues: { ':now': { N: String(now) }, ':before': { N: String(now - betweenSends) }, ':expires': expiresAt },
    },
  };
  const counted = budgets.map((budget) => countedWrite(table, budget, now));
  return {
    writes: [recent, ...counted],
    refusal: (position) => (position === 0 ? tooMany(betweenSends) : (budgets[position - 1]?.problem() ?? tooMany(betweenSends))),
  };
}

const hashOf = (keys: KeyRing, kind: string, of: string): string => keyedHash(keys.index, kind, of).toString('base64url', 0, 16);

export function spendWrites(table: string, keys: KeyRing, send: PaidSend, now: number): SpendWrites {
  const partition = `NUMBER#${hashOf(keys, 'number', send.e164)}`;
  return budgetWrites(table, partition, [...ownBudgets(partition, send.isProof === true ? 'proof' : 'sign-in', now), ...paidBudgets(send, now)], now);
}

export interface MailedCode {
  readonly address: string;
  /** It proves an address that anybody may have named. */
  readonly isProof: boolean;
}

const mailbox = (keys: KeyRing, address: string): string => `MAIL#${hashOf(keys, 'mail', address.toLowerCase())}`;

/** Codes by mail cost next to nothing: what is kept small is what one mailbox gets, over all organizations (A85). */
export function mailWrites(table: string, keys: KeyRing, { address, isProof }: MailedCode, now: number): SpendWrites {
  const partition = mailbox(keys, address);
  const what = isProof ? 'proof' : 'sign-in';
  // What anybody may ask to be sent there does not hold up what its owner waits for.
  return budgetWrites(table, partition, ownBudgets(partition, what, now), now, perNumber[what].mark);
}

/** Whoever asks for codes to an address keeps no invitation from it, nor its half minute: after a reset that is the way back in. */
export function invitationWrites(table: string, keys: KeyRing, address: string, now: number): SpendWrites {
  const partition = mailbox(keys, address);
  return budgetWrites(table, partition, ownBudgets(partition, 'invitation', now), now, perNumber.invitation.mark);
}
