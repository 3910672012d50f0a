/** Looks up the users of a file, and enables them, by the very requests of the pages for one user. */
import { Refusal } from '../../ask/ask.ts';
import type { Console } from '../../pages/console/console.ts';
import type { BulkRow } from './bulk-rows.ts';
import type { BulkWorld, Found } from './bulk-run.ts';
import type { UserSummary } from './user.ts';

const foundOf = ({ userId, mfa }: UserSummary): Found => ({ userId, isEnabled: mfa !== 'none' });

async function byId(console: Console, userId: string): Promise<Found | undefined> {
  try {
    return foundOf(await console.ask<UserSummary>('GET', console.at('users', userId)));
  } catch (error) {
    if (error instanceof Refusal && error.problem === 'not-found') return undefined;
    throw error;
  }
}

/** Nobody, where two users have the address: which of them is meant, a page must not guess. */
async function byEmail(console: Console, email: string): Promise<Found | undefined> {
  const same: UserSummary[] = [];
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ query: email, ...(cursor === undefined ? {} : { cursor }) }).toString();
    const page: { users: readonly UserSummary[]; cursor?: string } = await console.ask('GET', `${console.at('users')}?${query}`);
    same.push(...page.users.filter((user) => user.email.toLowerCase() === email.toLowerCase()));
    ({ cursor } = page);
  } while (cursor !== undefined && same.length < 2);
  const [only] = same;
  return only && same.length === 1 ? foundOf(only) : undefined;
}

export function bulkWorld(console: Console): BulkWorld {
  return {
    find: ({ userId, email }: BulkRow) => (userId === '' ? byEmail(console, email) : byId(console, userId)),
    enable: async (userId, { phone }, idempotencyKey) => {
      await console.ask('POST', console.at('users', userId, 'enrollments'), { kind: 'phone', ...phone }, { idempotencyKey });
    },
    newKey: () => crypto.randomUUID(),
    pause: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
  };
}
