/**
 * Commit before reveal: load, decide, write the state under the version that was read together with its event, and
 * only then answer. Of any number that read the same version one commits; the others read again and decide again.
 */
import type { Clock } from '../platform/clock.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import type { Table, Write } from '../platform/dynamo/table.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { Random } from '../platform/random.ts';
import { keepChallenges } from './decided-challenges.ts';
import { isChanged, type Changed, type Decision, type DecisionEvent } from './decision.ts';
import { enrollmentWrites } from './enrollment-item.ts';
import { eventWrites, refusalUpdate, type EventHome, type RequestContext } from './event-item.ts';
import { releaseWrites } from './held-tokens.ts';
import { licenseProblem, licenseWrites, type LicenseOrder } from './license-writes.ts';
import type { LicenseItem } from './license-count.ts';
import { findReceipt, keepReceipts, writeReceipt, type Receipt, type RequestMark } from './receipts.ts';
import { timeOf } from './settle.ts';
import { statusRowWrites } from './status-rows.ts';
import { fromUserStateItem, isTombstone, toUserStateItem, userStateKey } from './user-state-item.ts';
import type { UserState } from './user-state.ts';

export interface CommitDependencies {
  readonly table: Table;
  readonly keys: KeyRing;
  readonly clock: Clock;
  readonly random: Random;
  pause(milliseconds: number): Promise<void>;
}

export interface UserHome {
  readonly organizationKey: string;
  readonly userKey: string;
}

export interface Change<O> {
  readonly home: UserHome;
  /** As the first read found it. */
  readonly state: UserState;
  readonly context: RequestContext;
  readonly mark: RequestMark;
  decide(state: UserState, now: number): Decision<O>;
  /** The outcome once more, for a request that has been decided already. */
  recall(receipt: Receipt, state: UserState, now: number): O;
  /** What else must agree, in the same transaction. */
  also?(changed: Changed<O>): readonly Write[];
  /** What an order changes of the licenses, counted with what the change itself makes of them. */
  readonly order?: LicenseOrder;
  /** The first of `also`'s writes that refused: throw a problem, or return to read and decide again. */
  refused?(position: number): void;
}

/** Under the caps, five retries lost 8 of 12 races against 200 clients and forty lost none. */
const mostTries = 40;
const mostUnknown = 3;

async function readState(deps: CommitDependencies, home: UserHome): Promise<UserState> {
  const [item] = await deps.table.read([userStateKey(home.userKey)]);
  if (!item || isTombstone(item)) throw new Problem('not-found');
  return fromUserStateItem(item);
}

function stateWrite(deps: CommitDependencies, home: UserHome, next: UserState): Write {
  return {
    Put: {
      TableName: deps.table.name,
      Item: toUserStateItem(home.userKey, next),
      ConditionExpression: 'version = :read',
      ExpressionAttributeValues: { ':read': { N: String(next.version - 1) } },
    },
  };
}

/** `refuse` throws the problem that it is, or returns when it is to be decided again. */
type Attempt = { readonly committed: UserState } | { readonly refuse: () => void | Promise<void> } | 'raced' | 'unknown';

async function refuseLicense<O>(deps: CommitDependencies, { home, order }: Change<O>, item: LicenseItem, now: number): Promise<never> {
  throw await licenseProblem(deps.table, home.organizationKey, item, now, order);
}

async function attempt<O>(deps: CommitDependencies, change: Change<O>, read: UserState, changed: Changed<O>): Promise<Attempt> {
  const { outcome, about, answersLeft = 0 } = changed.receipt;
  const version = read.version + 1;
  const receipts = keepReceipts(changed.next.receipts, writeReceipt(change.mark, { outcome, about, answersLeft }));
  const next = keepChallenges({ ...changed.next, version, receipts }, about);
  const home: EventHome = { ...change.home, organizationId: read.organizationId, userId: read.userId };
  const licenses = licenseWrites(deps.table.name, change.home.organizationKey, read, next, change.order);
  const own = [
    stateWrite(deps, change.home, next),
    ...licenses.map(({ write }) => write),
    ...eventWrites(deps.table.name, home, version, changed.events, change.context, next.lastAt),
    ...releaseWrites(deps.table.name, change.home.userKey, read, next.factors),
    ...enrollmentWrites(deps.table.name, read, next, changed.events, next.lastAt),
    ...statusRowWrites(deps.table.name, change.home, read, next),
  ];
  try {
    const result = await deps.table.transact([...own, ...(change.also?.({ ...changed, next }) ?? [])]);
    if (result.done) return { committed: next };
    if (result.refused.includes(0)) return 'raced';
    const license = licenses.find((_, position) => result.refused.includes(position + 1));
    if (license) return { refuse: () => refuseLicense(deps, change, license.item, next.lastAt) };
    const alsoRefused = result.refused.find((position) => position >= own.length);
    return alsoRefused === undefined ? 'raced' : { refuse: () => change.refused?.(alsoRefused - own.length) };
  } catch (error) {
    // The write may have been applied and its reply lost: only the item can tell, by the receipt.
    if (error instanceof Problem && error.problem === 'unavailable') return 'unknown';
    throw error;
  }
}

async function recordRefusal(
  deps: CommitDependencies, change: Pick<Change<unknown>, 'home' | 'context'>, state: UserState, refusal: DecisionEvent, now: number,
): Promise<void> {
  const home: EventHome = { ...change.home, organizationId: state.organizationId, userId: state.userId };
  await deps.table.update(refusalUpdate(home, refusal, change.context, now));
}

/** What ends in a problem is a decision too: it leaves its record before the caller hears of it. */
async function orRecord<O, T>(deps: CommitDependencies, change: Change<O>, state: UserState, now: number, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    await recordRefusal(deps, change, state, { kind: `refused-${error.problem}` }, now);
    error.isRecorded = true;
    throw error;
  }
}

export interface Committed<O> {
  readonly outcome: O;
  /** The state that the outcome was decided on: after the commit, or as it was read when nothing changed. */
  readonly state: UserState;
}

/** Throws `unavailable` when it cannot be known in time; then nothing was revealed. */
export async function commit<O>(deps: CommitDependencies, change: Change<O>): Promise<Committed<O>> {
  let state = change.state;
  for (let tries = 0, unknown = 0; tries < mostTries; tries += 1) {
    if (tries > 0) state = await readState(deps, change.home);
    const now = timeOf(state, deps.clock.now());
    const receipt = findReceipt(state.receipts, change.mark);
    if (receipt === 'conflict') throw new Problem('idempotency-conflict');
    if (receipt) return { outcome: change.recall(receipt, state, now), state };
    if (unknown === mostUnknown) break;
    const read = state;
    const decision = await orRecord(deps, change, read, now, () => change.decide(read, now));
    if (!isChanged(decision)) {
      if (decision.refusal) await recordRefusal(deps, change, state, decision.refusal, now);
      return { outcome: decision.outcome, state };
    }
    const result = await attempt(deps, change, state, decision);
    if (result === 'unknown') unknown += 1;
    else if (result !== 'raced') {
      if ('committed' in result) return { outcome: decision.outcome, state: result.committed };
      await orRecord(deps, change, read, now, result.refuse);
    }
    await deps.pause(deps.random.integer(Math.min(10 * 2 ** Math.min(tries, 4), 100)));
  }
  throw new Problem('unavailable', { retryAfterSeconds: 1 });
}
