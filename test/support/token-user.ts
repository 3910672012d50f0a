/** A user of an organization with a stock, who adds, confirms and uses a hardware token through the real operations. */
import { addFactor } from '../../shared/enrollment/add-factor.ts';
import { confirmFactor, type Codes } from '../../shared/enrollment/confirm-factor.ts';
import type { ChangeRequest, EnrollmentDependencies } from '../../shared/enrollment/enrollment-dependencies.ts';
import { removeFactor } from '../../shared/enrollment/remove-factor.ts';
import { resyncFactor } from '../../shared/enrollment/resync-factor.ts';
import type { Organization } from '../../shared/organizations/organization.ts';
import { homeKeys } from '../../shared/platform/object-id.ts';
import type { ChallengeView } from '../../shared/sign-in/challenge-view.ts';
import { startChallenge, type StartInput } from '../../shared/sign-in/start-challenge.ts';
import { markRequest } from '../../shared/user-state/receipts.ts';
import { fromUserStateItem, toUserStateItem, userStateKey } from '../../shared/user-state/user-state-item.ts';
import type { TokenFactor } from '../../shared/user-state/factor.ts';
import type { UserState } from '../../shared/user-state/user-state.ts';
import type { VipCredentials } from '../../shared/tokens/vip/vip-credentials.ts';
import { issuer, portal } from './sign-in-world.ts';
import { hotpCode, totpCode, type TokenWorld } from './token-world.ts';

export interface TokenUser {
  readonly userKey: string;
  readonly deps: EnrollmentDependencies;
  state(): Promise<UserState>;
  setState(change: (state: UserState) => UserState): Promise<void>;
  factor(): Promise<TokenFactor>;
  start(input?: Partial<StartInput>, request?: string): Promise<ChallengeView>;
  /** Proposes it: by the challenge of a first sign-in, or by these proofs. */
  add(credentialId: string, proofs?: readonly string[]): Promise<Record<string, unknown>>;
  confirm(factorId: unknown, codes: Codes, request?: string): Promise<Record<string, unknown>>;
  resync(factorId: unknown, codes: Codes, request?: string): Promise<Record<string, unknown>>;
  remove(factorId: unknown, proofs: readonly string[]): Promise<void>;
  /** Adds and confirms AB0001 and the like by the counter, or by the clock. */
  bindHotp(number: number, counter?: number): Promise<string>;
  bindTotp(number: number): Promise<string>;
}

export async function makeTokenUser(world: TokenWorld, userId: string, of?: Organization, vip?: VipCredentials): Promise<TokenUser> {
  const { stage } = world;
  const base = of ?? world.acme;
  const organization = { ...base, policy: { ...base.policy, enforcement: 'offered' as const, methods: ['totp', 'token'] } };
  await stage.makeUser(organization, { userId });
  const home = homeKeys(stage.keys, organization.organizationId, userId);
  const deps: EnrollmentDependencies = { ...world.deps, issuer, senders: {}, ...(vip ? { vip } : {}) };
  const read = async () => fromUserStateItem((await stage.table.read([userStateKey(home.userKey)]))[0] ?? {});
  let requests = 0;
  const request = async (content: readonly unknown[], more: Partial<ChangeRequest> = {}, name?: string): Promise<ChangeRequest> => {
    const requestId = name ?? `${userId}/${String((requests += 1))}`;
    const mark = markRequest(stage.keys, portal, requestId, [JSON.stringify(content)]);
    return { home, organization, state: await read(), context: { requestId, door: 'api', clientId: portal }, mark, clientId: portal, proofs: [], ...more };
  };
  const defaults = { audience: 'portal', purpose: 'sign-in', firstFactor: 'password', seen: {}, clientId: portal } as const;
  const user: TokenUser = {
    userKey: home.userKey,
    deps,
    state: read,
    setState: async (change) => stage.put(toUserStateItem(home.userKey, change(await read()))),
    factor: async () => (await read()).factors.find(({ kind }) => kind === 'token') as TokenFactor,
    start: async (input = {}, name) => startChallenge(deps, await request(['start', input], {}, name), { ...defaults, ...input }),
    add: async (credentialId, proofs) => {
      const challengeId = proofs ? undefined : (await user.start()).challengeId;
      return addFactor(deps, await request(['add', credentialId], { proofs: proofs ?? [], challengeId }), { kind: 'token', credentialId });
    },
    confirm: async (factorId, codes, name) => confirmFactor(deps, await request(['confirm', factorId, codes], {}, name), String(factorId), codes),
    resync: async (factorId, codes, name) => resyncFactor(deps, await request(['resync', factorId, codes], {}, name), String(factorId), codes),
    remove: async (factorId, proofs) => removeFactor(deps, await request(['remove', factorId], { proofs }), String(factorId)),
    bindHotp: async (number, counter = 0) => {
      const { factorId } = await user.add(`AB${String(number).padStart(4, '0')}`);
      await user.confirm(factorId, { answer: hotpCode(number, counter), nextAnswer: hotpCode(number, counter + 1) });
      return String(factorId);
    },
    bindTotp: async (number) => {
      const { factorId } = await user.add(`AB${String(number).padStart(4, '0')}`);
      const now = stage.clock.now();
      await user.confirm(factorId, { answer: totpCode(number, now - 30_000), nextAnswer: totpCode(number, now) });
      return String(factorId);
    },
  };
  return user;
}

