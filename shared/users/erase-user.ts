/** Erases a user: their key is destroyed, and with it all that was sealed; a tombstone keeps the version, and nothing else. */
import { toTimestamp } from '../platform/clock.ts';
import { toAttributes } from '../platform/dynamo/attributes.ts';
import type { Write } from '../platform/dynamo/table.ts';
import type { HomeKeys } from '../platform/object-id.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { CommitDependencies } from '../user-state/commit.ts';
import { enrollmentWrites } from '../user-state/enrollment-item.ts';
import { isAskedFor } from '../user-state/find.ts';
import { releaseWrites } from '../user-state/held-tokens.ts';
import { licenseWrites } from '../user-state/license-writes.ts';
import { eventWrites, type RequestContext } from '../user-state/event-item.ts';
import { statusRowWrites } from '../user-state/status-rows.ts';
import { timeOf } from '../user-state/settle.ts';
import { userStateKey } from '../user-state/user-state-item.ts';
import { schemaVersion, type UserState } from '../user-state/user-state.ts';
import { refuseActor, type ActingPerson } from './refuse-actor.ts';
import { findUser, removeProfileWrite, rowWrites, type FoundUser } from './user-store.ts';

export interface EraseUserInput {
  readonly home: HomeKeys;
  readonly found: FoundUser;
  readonly context: RequestContext;
  readonly ifVersion?: number;
  /** Absent when the client acts for itself. */
  readonly actor?: ActingPerson | undefined;
}

/** Exactly what was done, and no more than that. */
export interface ErasureCertificate {
  readonly organizationId: string;
  readonly userId: string;
  readonly erasedAt: string;
  readonly erased: readonly string[];
  readonly remains: readonly string[];
}

const mostTries = 40;

function certify({ organizationId, userId }: UserState, at: number): ErasureCertificate {
  return {
    organizationId,
    userId,
    erasedAt: toTimestamp(at),
    erased: [
      "The user's encryption key, and with it every seed, telephone number and other sealed value.",
      'The sign-in state: factors, PIN verifiers, challenges.',
      'The name of the user on hardware tokens, which are in the stock of the organization again.',
      'The profile: name, email address, role, language; and the rows by which the user was listed and found.',
    ],
    remains: [
      'A tombstone with a version number and the time of the erasure.',
      'Orders of licenses that were made for the user, with the id of the user, until thirteen months after they end.',
      'Audit events with the ids of user and organization and the network addresses of requests, for 13 months after each.',
      'Backups of the table, the encryption key included, for up to 28 days.',
    ],
  };
}

/** Whom a person erases while they confirm must not come back as somebody whom a password alone lets in (A74a); a portal may start anew. */
function tombstoneWrite(table: string, userKey: string, read: UserState, erasedAt: number, byPerson: boolean): Write {
  const guarded = byPerson && (read.invitedOnly === true || read.factors.some(isAskedFor)) ? { invitedOnly: true } : {};
  const item = { ...userStateKey(userKey), schema: schemaVersion, version: read.version + 1, erasedAt, ...guarded };
  return {
    Put: {
      TableName: table,
      Item: toAttributes(item),
      ConditionExpression: 'version = :read AND attribute_not_exists(erasedAt)',
      ExpressionAttributeValues: { ':read': { N: String(read.version) } },
    },
  };
}

export async function eraseUser(
  deps: CommitDependencies,
  { home, found: first, context, ifVersion, actor }: EraseUserInput,
): Promise<ErasureCertificate> {
  let found = first;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { state, profile } = found;
    if (!state || !profile) throw new Problem('not-found');
    if (ifVersion !== undefined && ifVersion !== profile.version) throw new Problem('version-mismatch');
    refuseActor(actor, profile, 'Nobody erases themselves: ask another administrator.');
    const { name } = deps.table;
    const at = timeOf(state, deps.clock.now());
    const eventHome = { ...home, organizationId: state.organizationId, userId: state.userId };
    const { done } = await deps.table.transact([
      tombstoneWrite(name, home.userKey, state, at, actor !== undefined),
      removeProfileWrite(name, home.userKey, profile),
      ...rowWrites(name, home, profile, undefined),
      ...statusRowWrites(name, home, state, undefined),
      ...releaseWrites(name, home.userKey, state, []),
      ...licenseWrites(name, home.organizationKey, state, { factors: [] }).map(({ write }) => write),
      ...enrollmentWrites(name, state, undefined, [], at),
      ...eventWrites(name, eventHome, state.version + 1, [{ kind: 'user-erased' }], context, at),
    ]);
    if (done) return certify(state, at);
    await deps.pause(deps.random.integer(Math.min(10 * 2 ** Math.min(tries, 4), 100)));
    found = await findUser(deps.table, home);
  }
  throw new Problem('unavailable', { retryAfterSeconds: 1 });
}
