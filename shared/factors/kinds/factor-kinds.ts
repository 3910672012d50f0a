/** The map of kinds: one row each. */
import { allowsMethod, isStrongEnough, type Policy } from '../../policy/policy.ts';
import { isBackup, methodOf, rowOf, strengthOf } from '../../user-state/methods.ts';
import type { Factor } from '../../user-state/factor.ts';
import { app } from './app.ts';
import type { FactorKind } from './factor-kind.ts';
import { email } from './email.ts';
import { passkey } from './passkey.ts';
import { phone } from './phone.ts';
import { recoveryKey } from './recovery-key.ts';
import { token } from './token.ts';
import { totp } from './totp.ts';

export type KindName = Factor['kind'];

/** A kind without its row does not compile. */
export const factorKinds: { readonly [Kind in KindName]: FactorKind<Extract<Factor, { kind: Kind }>> } = {
  totp,
  phone,
  token,
  email,
  app,
  passkey,
  'recovery-key': recoveryKey,
};

/** A kind or a method that this version does not know confirms nothing. */
export function kindOf<F extends Factor>(factor: F): FactorKind<F> | undefined {
  const isKnown = Object.hasOwn(factorKinds, factor.kind) && rowOf(factor) !== undefined;
  return isKnown ? (factorKinds[factor.kind] as unknown as FactorKind<F>) : undefined;
}

/** Whether the policy lets a factor of this kind and method confirm anything. */
export function isAllowed(factor: Factor, policy: Policy): boolean {
  const method = methodOf(factor);
  const isStrong = isBackup(factor) || isStrongEnough(strengthOf(method), policy.minimumAcr);
  return kindOf(factor) !== undefined && allowsMethod(policy, method) && isStrong;
}

export function isUsable(factor: Factor, policy: Policy): boolean {
  return factor.status === 'active' && kindOf(factor)?.isReady(factor) === true && isAllowed(factor, policy);
}

/** In the order they are offered: by the person's rank, then the stronger, then the older; a recovery key last. */
export function usableFactors(factors: readonly Factor[], policy: Policy): Factor[] {
  const strength = (factor: Factor): number => Number(isStrongEnough(strengthOf(methodOf(factor)), 'otp'));
  return factors
    .filter((factor) => isUsable(factor, policy))
    .sort((a, b) => Number(isBackup(a)) - Number(isBackup(b)) || (a.rank ?? 99) - (b.rank ?? 99) || strength(b) - strength(a) || a.createdAt - b.createdAt);
}
