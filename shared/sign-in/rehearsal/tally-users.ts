/** What a rehearsal comes to, person by person: numbers, the first of those whom it touches, and what their sign-ins cost. */
import { openUserKey } from '../../users/user-keys.ts';
import type { ListedUser } from '../../users/each-user.ts';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import type { Organization } from '../../organizations/organization.ts';
import type { Policy } from '../../policy/policy.ts';
import { add, costOf, dearest, newTally, type Tally } from './expected-cost.ts';
import { rehearseUser, type Rehearsed, type ShutOutBecause } from './rehearse-user.ts';

/** One organization that the change reaches, before and after it. */
export interface Rehearsal {
  readonly organization: Organization;
  readonly after: Policy;
}

export interface Touched {
  readonly userKey: string;
  readonly organizationId: string;
  readonly userId: string;
  readonly because?: ShutOutBecause;
  /** They were shut out before as well. */
  readonly already?: true;
  readonly lastSignInAt?: number;
}

export interface Numbers {
  examined: number;
  untouched: number;
  /** Asked from now on, and were not before. */
  asked: number;
  redirected: number;
  lockedOut: number;
  /** Keep something to confirm by, and lose something else. */
  losingFactors: number;
}

export interface Tallied {
  readonly numbers: Numbers;
  readonly redirected: Touched[];
  readonly lockedOut: Touched[];
  readonly before: Tally;
  readonly after: Tally;
  /** Sign-ins of those who have yet to choose how to confirm, and at most in millionths. */
  open: number;
  mostOpen: number;
}

export const mostListed = 100;

export const newTallied = (): Tallied => ({
  numbers: { examined: 0, untouched: 0, asked: 0, redirected: 0, lockedOut: 0, losingFactors: 0 },
  redirected: [],
  lockedOut: [],
  before: newTally(),
  after: newTally(),
  open: 0,
  mostOpen: 0,
});

function list(touched: Touched[], { userKey, state }: ListedUser, { because, before }: Rehearsed): void {
  if (touched.length === mostListed) return;
  const { organizationId, userId, lastSignInAt } = state;
  touched.push({
    userKey,
    organizationId,
    userId,
    ...(because ? { because } : {}),
    ...(because && before === 'shut-out' ? { already: true } : {}),
    ...(lastSignInAt === undefined ? {} : { lastSignInAt }),
  });
}

function count(tallied: Tallied, user: ListedUser, rehearsed: Rehearsed): void {
  const { numbers } = tallied;
  const { before, after, loses } = rehearsed;
  numbers.examined += 1;
  if (after === 'shut-out') {
    numbers.lockedOut += 1;
    list(tallied.lockedOut, user, rehearsed);
  } else if (after === 'set-up') {
    numbers.redirected += 1;
    list(tallied.redirected, user, rehearsed);
  } else if (after === 'asked' && before !== 'asked') numbers.asked += 1;
  else if (loses > 0) numbers.losingFactors += 1;
  else numbers.untouched += 1;
}

/** `signIns`: how often in the days that were counted. */
export function tallyUser(
  tallied: Tallied, keys: KeyRing, { organization, after }: Rehearsal, user: ListedUser, signIns: number, now: number,
): void {
  const { state } = user;
  const rehearsed = rehearseUser(state, { before: organization.policy, after }, now);
  count(tallied, user, rehearsed);
  if (signIns === 0) return;
  const userKey = () => openUserKey(keys, organization, state);
  const { first } = rehearsed;
  if (first.before) add(tallied.before, costOf(first.before, state, userKey), signIns);
  if (first.after) add(tallied.after, costOf(first.after, state, userKey), signIns);
  if (rehearsed.after !== 'set-up') return;
  tallied.open += signIns;
  tallied.mostOpen += signIns * dearest(after);
}
