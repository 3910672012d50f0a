/** What the sign-in operations share: whom a request is about, as the one read found them. */
import { Problem } from '../platform/problems/problem.ts';
import type { HomeKeys } from '../platform/object-id.ts';
import type { Organization } from '../organizations/organization.ts';
import type { Profile } from '../users/profile.ts';
import type { CommitDependencies } from '../user-state/commit.ts';
import type { RequestContext } from '../user-state/event-item.ts';
import { findChallenge } from '../user-state/find.ts';
import type { RequestMark } from '../user-state/receipts.ts';
import type { Challenge, UserState } from '../user-state/user-state.ts';
import type { VipDependencies } from '../tokens/vip/vip-credentials.ts';
import type { RefusedOutcome } from './outcomes.ts';

export interface SignInDependencies extends CommitDependencies, VipDependencies {
  readonly issuer: string;
}

export interface About {
  readonly home: HomeKeys;
  readonly organization: Organization;
  readonly state: UserState;
  /** Read where people are written to: their language, their address. */
  readonly profile?: Profile | undefined;
  /** Of the page on which a code that is sent will be typed, where it is known. */
  readonly host?: string | undefined;
  readonly context: RequestContext;
  readonly mark: RequestMark;
}

/** A challenge answers to the client that started it; to any other it does not exist (I7). */
export function needChallenge(state: UserState, challengeId: Uint8Array, clientId: string): Challenge {
  const challenge = findChallenge(state, challengeId);
  if (challenge?.clientId !== clientId) throw new Problem('not-found', challenge ? { foreign: true } : {});
  return challenge;
}

export function throwRefused({ problem, waitFor }: RefusedOutcome): never {
  throw new Problem(problem, waitFor === undefined ? {} : { retryAfterSeconds: waitFor / 1000 });
}
