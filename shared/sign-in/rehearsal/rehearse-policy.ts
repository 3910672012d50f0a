/**
 * What a change of policy would do, before it is made: who would be sent to set up, who would be shut out, and what it
 * would cost, by the sign-ins of the last thirty days. The same decisions as the change and the sign-ins themselves; nothing is written.
 */
import { childPrefix, organizationPartition, readOrganizations } from '../../organizations/organization-store.ts';
import { decideChange, type OrganizationChanges } from '../../organizations/decide-organization.ts';
import { decideInherit } from '../../organizations/decide-inherit.ts';
import { setterOf, type Authority } from '../../organizations/authority.ts';
import type { Organization } from '../../organizations/organization.ts';
import { day, second, toTimestamp, type Clock } from '../../platform/clock.ts';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import { readCursor, writeCursor } from '../../platform/cursor.ts';
import type { Attributes } from '../../platform/dynamo/attributes.ts';
import type { Table } from '../../platform/dynamo/table.ts';
import { organizationKeyOf } from '../../platform/object-id.ts';
import { Problem } from '../../platform/problems/problem.ts';
import { currency, dollarsOf, pricesAsOf } from '../../spend/send-prices.ts';
import { readUserBatch } from '../../users/each-user.ts';
import { fromProfileItem, profileKey } from '../../users/profile.ts';
import { toBill, type Bill } from './expected-cost.ts';
import { countedDays, recentSignIns } from './recent-sign-ins.ts';
import { newTallied, tallyUser, type Numbers, type Rehearsal, type Tallied, type Touched } from './tally-users.ts';

export interface RehearsalDependencies {
  readonly table: Table;
  readonly keys: KeyRing;
  readonly clock: Clock;
}

export interface RehearsePolicyInput {
  readonly organization: Organization;
  readonly changes: OrganizationChanges;
  readonly authority: Authority;
  readonly ifVersion?: number;
  readonly cursor?: string;
}

export interface TouchedView {
  readonly organizationId: string;
  readonly userId: string;
  readonly displayName: string;
  readonly because?: Touched['because'];
  readonly already?: true;
  readonly lastSignIn?: string;
}

export interface RehearsalView {
  readonly complete: boolean;
  readonly numbers: Numbers;
  readonly redirected: readonly TouchedView[];
  readonly lockedOut: readonly TouchedView[];
  /** Until when those who are there now can set up at a sign-in; afterwards they need an invitation. */
  readonly setUpUntil?: string;
  readonly signIns: { readonly from: string; readonly counted: number; readonly open: number };
  readonly cost: { readonly currency: string; readonly pricesAsOf: string; readonly before: Bill; readonly after: Bill; readonly mostWithOpen: number };
  readonly cursor?: string;
}

/** The gateway waits half a minute: sign-ins are counted first, and people as long as there is time. */
const timeForSignIns = 6 * second;
const timeForAll = 16 * second;

async function decide(deps: RehearsalDependencies, { organization, changes, authority, ifVersion }: RehearsePolicyInput, now: number): Promise<Organization> {
  if (ifVersion !== undefined && ifVersion !== organization.version) throw new Problem('version-mismatch');
  const { parentId } = organization;
  const [parent] = await readOrganizations(deps, parentId === undefined ? [] : [parentId]);
  const decided = decideChange(organization, { changes, setter: setterOf(authority), parent }, now);
  return decided?.next ?? organization;
}

/** A reseller's change reaches its companies: each as it would be under it. */
async function reached(deps: RehearsalDependencies, before: Organization, next: Organization, now: number): Promise<Rehearsal[]> {
  const found: Rehearsal[] = [{ organization: before, after: next.policy }];
  if (before.hasChildren !== true || next.policy === before.policy) return found;
  const partition = organizationPartition(deps.keys, before.organizationId);
  let after: Attributes | undefined;
  do {
    const rows = await deps.table.query({ partition, prefix: childPrefix, after, limit: 100 });
    const children = await readOrganizations(deps, rows.items.flatMap((row) => row['organizationId']?.S ?? []));
    for (const child of children) {
      if (child) found.push({ organization: child, after: decideInherit(child, next, now)?.next.policy ?? child.policy });
    }
    after = rows.last;
  } while (after);
  return found;
}

interface Progress {
  readonly tallied: Tallied;
  readonly from: number;
  readonly counted: number;
  /** Where to go on: there was no time for more people. */
  readonly stoppedAt?: Attributes;
  readonly isCounted: boolean;
}

interface Place {
  readonly rehearsal: Rehearsal;
  readonly after: Attributes | undefined;
}

/** From where an earlier answer stopped. */
function placesFrom(rehearsals: readonly Rehearsal[], { o, ...after }: Attributes): Place[] {
  const start = rehearsals.findIndex(({ organization }) => organization.organizationId === o?.S);
  if (start === -1) throw new Problem('cursor-invalid');
  return rehearsals.slice(start).map((rehearsal, position) => ({ rehearsal, after: position === 0 && after['pk'] ? after : undefined }));
}

async function walk(deps: RehearsalDependencies, places: readonly Place[], now: number): Promise<Progress> {
  const tallied = newTallied();
  const isOver = (time: number) => (): boolean => deps.clock.now() - now >= time;
  let [from, counted, isCounted] = [now - countedDays * day, 0, true];
  for (const { rehearsal, after: first } of places) {
    const { organizationId } = rehearsal.organization;
    const organizationKey = organizationKeyOf(deps.keys, organizationId);
    const signIns = await recentSignIns(deps.table, organizationKey, now, isOver(timeForSignIns));
    [from, isCounted] = [Math.max(from, signIns.from), isCounted && signIns.isComplete];
    let after = first;
    do {
      if (isOver(timeForAll)()) return { tallied, from, counted, isCounted, stoppedAt: { o: { S: organizationId }, ...after } };
      const batch = await readUserBatch(deps.table, organizationKey, after);
      for (const user of batch.users) {
        const times = signIns.times.get(user.state.userId) ?? 0;
        counted += times;
        tallyUser(tallied, deps.keys, rehearsal, user, times, now);
      }
      after = batch.last;
    } while (after);
  }
  return { tallied, from, counted, isCounted };
}

async function withNames({ table }: RehearsalDependencies, touched: readonly Touched[]): Promise<TouchedView[]> {
  const profiles = touched.length === 0 ? [] : await table.read(touched.map(({ userKey }) => profileKey(userKey)));
  return touched.flatMap(({ userKey: _userKey, lastSignInAt, ...each }, position) => {
    const item = profiles[position];
    const lastSignIn = lastSignInAt === undefined ? {} : { lastSignIn: toTimestamp(lastSignInAt) };
    return item ? [{ ...each, displayName: fromProfileItem(item).displayName, ...lastSignIn }] : [];
  });
}

function setUpUntil({ policy }: Organization): { setUpUntil?: string } {
  if (policy.enforcement !== 'required' || policy.enforcedAt === undefined) return {};
  return { setUpUntil: toTimestamp(policy.enforcedAt + policy.setUpWindowDays * day) };
}

/** Throws what the change itself would be refused with. */
export async function rehearsePolicy(deps: RehearsalDependencies, input: RehearsePolicyInput): Promise<RehearsalView> {
  const now = deps.clock.now();
  const list = ['rehearsal', organizationKeyOf(deps.keys, input.organization.organizationId), JSON.stringify(input.changes)];
  const position = readCursor(deps.keys, list, input.cursor);
  const next = await decide(deps, input, now);
  const rehearsals = await reached(deps, input.organization, next, now);
  const places = position ? placesFrom(rehearsals, position) : rehearsals.map((rehearsal) => ({ rehearsal, after: undefined }));
  const { tallied, from, counted, isCounted, stoppedAt } = await walk(deps, places, now);
  const { numbers, before, after, open, mostOpen } = tallied;
  return {
    complete: isCounted && stoppedAt === undefined,
    numbers,
    redirected: await withNames(deps, tallied.redirected),
    lockedOut: await withNames(deps, tallied.lockedOut),
    ...setUpUntil(next),
    signIns: { from: toTimestamp(from), counted, open },
    cost: { currency, pricesAsOf, before: toBill(before), after: toBill(after), mostWithOpen: dollarsOf(after.amount + mostOpen) },
    ...(stoppedAt ? { cursor: writeCursor(deps.keys, list, stoppedAt) } : {}),
  };
}
