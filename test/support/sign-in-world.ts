/** One user with an authenticator app, signing in through the real operations on a real table; each call reads as a request does. */
import { createSecretKey } from 'node:crypto';
import { sealBinding } from '../../shared/factors/kinds/factor-kind.ts';
import { codeAt, stepAt } from '../../shared/factors/kinds/totp.ts';
import { toOrganizationItem, type Organization } from '../../shared/organizations/organization.ts';
import { seal } from '../../shared/platform/crypto/seal.ts';
import { readObjectId, writeObjectId } from '../../shared/platform/object-id.ts';
import { readResult } from '../../shared/results/result.ts';
import { answerChallenge } from '../../shared/sign-in/answer-challenge.ts';
import { cancelChallenge } from '../../shared/sign-in/cancel-challenge.ts';
import type { ChallengeView } from '../../shared/sign-in/challenge-view.ts';
import { getChallenge } from '../../shared/sign-in/get-challenge.ts';
import { redeemResult } from '../../shared/sign-in/redeem-result.ts';
import type { About, SignInDependencies } from '../../shared/sign-in/sign-in-dependencies.ts';
import { startChallenge, type StartInput } from '../../shared/sign-in/start-challenge.ts';
import { markRequest } from '../../shared/user-state/receipts.ts';
import { fromUserStateItem, toUserStateItem, userStateKey } from '../../shared/user-state/user-state-item.ts';
import type { TotpFactor } from '../../shared/user-state/factor.ts';
import type { UserState } from '../../shared/user-state/user-state.ts';
import { openUserKey } from '../../shared/users/user-keys.ts';
import { makeStage, type Stage, type TestUser } from './stage.ts';

export const issuer = 'https://id.example.com';
export const portal = 'portal1234567890';
export const wrongCode = '000000';
const secret = Buffer.from('12345678901234567890');

export interface Sent {
  /** Which factor an answer is for; otherwise the only one that could take it. */
  readonly factorId?: string;
  /** The same name is the same request, with the same content. */
  readonly request?: string;
  readonly clientId?: string;
}

export interface SignInWorld {
  readonly stage: Stage;
  readonly deps: SignInDependencies;
  readonly organization: Organization;
  readonly user: TestUser;
  readonly factorId: string;
  setPolicy(policy: Partial<Organization['policy']>): Promise<void>;
  state(): Promise<UserState>;
  setState(change: (state: UserState) => UserState): Promise<void>;
  about(sent: Sent, ...content: string[]): Promise<About>;
  /** Of the app, so many steps from now. */
  code(offset?: number): string;
  start(input?: Partial<StartInput>, sent?: Sent): Promise<ChallengeView>;
  answer(challengeId: string, answer: string, sent?: Sent): Promise<ChallengeView>;
  cancel(challengeId: string, sent?: Sent): Promise<ChallengeView>;
  get(challengeId: string, waitSeconds?: number, clientId?: string): Promise<ChallengeView>;
  redeem(result: string, sent?: Sent): Promise<unknown>;
  events(): Promise<Record<string, unknown>[]>;
}

export const randomOf = (stage: Stage, challengeId: string): Uint8Array => readObjectId(stage.keys, 'chl', challengeId)?.random ?? new Uint8Array();

function makeApp(stage: Stage, organization: Organization, { state }: TestUser): TotpFactor {
  const id = stage.deps.random.bytes(8);
  const sealed = seal(openUserKey(stage.keys, organization, state), 1, secret, sealBinding('totp', state, id), stage.deps.random);
  return { id: new Uint8Array(id), kind: 'totp', status: 'active', createdAt: stage.clock.now(), secret: new Uint8Array(sealed) };
}

/** `beside` is a world of another user of the same organization, on the same table. */
export async function makeSignInWorld(beside?: SignInWorld, userId = 'u-1'): Promise<SignInWorld> {
  const stage = beside?.stage ?? (await makeStage());
  let organization = beside?.organization ?? (await stage.makeOrganization());
  const user = await stage.makeUser(organization, { userId });
  const { home } = user;
  const deps: SignInDependencies = { ...stage.deps, issuer };
  const read = async () => fromUserStateItem((await stage.table.read([userStateKey(home.userKey)]))[0] ?? {});
  const setState = async (change: (state: UserState) => UserState) => stage.put(toUserStateItem(home.userKey, change(await read())));
  const app = makeApp(stage, organization, user);
  await setState((state) => ({ ...state, factors: [app] }));

  let requests = 0;
  const about = async ({ request, clientId = portal }: Sent, ...content: string[]): Promise<About> => {
    requests += 1;
    const requestId = request ?? `${userId}/${String(requests)}`;
    const mark = markRequest(stage.keys, clientId, requestId, content);
    return { home, organization, state: await read(), context: { requestId, door: 'api', clientId }, mark };
  };
  const defaults = { audience: 'portal', purpose: 'sign-in', firstFactor: 'password', seen: {} } as const;
  return {
    stage, deps, user, about, setState,
    get organization() {
      return organization;
    },
    factorId: writeObjectId(stage.keys, 'fac', { ...home, random: app.id }),
    setPolicy: async (policy) => {
      organization = { ...organization, policy: { ...organization.policy, ...policy } };
      await stage.put(toOrganizationItem(home.organizationKey, organization));
    },
    state: read,
    code: (offset = 0) => codeAt(createSecretKey(secret), stepAt(stage.clock.now()) + offset),
    start: async (input = {}, sent = {}) =>
      startChallenge(deps, await about(sent, 'start', JSON.stringify(input)), { ...defaults, clientId: sent.clientId ?? portal, ...input }),
    answer: async (challengeId, answer, sent = {}) => {
      const input = { clientId: sent.clientId ?? portal, challengeId: randomOf(stage, challengeId), answer, factorId: sent.factorId };
      return answerChallenge(deps, await about(sent, 'answer', challengeId, answer), input);
    },
    cancel: async (challengeId, sent = {}) =>
      cancelChallenge(deps, await about(sent, 'cancel', challengeId), randomOf(stage, challengeId), sent.clientId ?? portal),
    get: async (challengeId, waitSeconds = 0, clientId = portal) =>
      getChallenge(deps, { home, organization, state: await read() }, { clientId, challengeId: randomOf(stage, challengeId), record: undefined, waitSeconds }),
    redeem: async (result, sent = {}) => {
      const claims = readResult(stage.keys, issuer, result);
      if (!claims) throw new Error('not a result');
      return redeemResult(deps, await about(sent, 'redeem', result), claims, sent.clientId ?? portal);
    },
    events: async () => (await stage.items()).filter(({ sk, userId: of }) => String(sk).startsWith('EVENT#') && of === userId),
  };
}

export const problemOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'none';
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown';
  }
};
