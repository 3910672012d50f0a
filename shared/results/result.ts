/** The result of an approved challenge: a JWT that a portal redeems once or verifies offline (docs/architecture.md). */
import { signJwt, verifyJwt, type Claims } from '../platform/crypto/jwt.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { resultLife } from '../user-state/decided-challenges.ts';
import type { Challenge, UserState } from '../user-state/user-state.ts';

const type = 'countersign-result+jwt';

export interface ResultClaims {
  readonly iss: string;
  /** The client it was made for, and the audience that the client asked for. */
  readonly aud: readonly [string, string];
  readonly sub: string;
  readonly org: string;
  readonly jti: string;
  readonly iat: number;
  readonly exp: number;
  readonly auth_time: number;
  readonly nonce?: string;
  readonly txn: string;
  readonly purpose: string;
  readonly protects?: readonly string[];
  readonly amr: readonly string[];
  readonly acr: string;
}

const inSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/** The same approval always gives the same claims: `jti` and `iat` are kept with it. Undefined when it has run out. */
export function claimsOf(issuer: string, challengeId: string, state: UserState, challenge: Challenge, now: number): ResultClaims | undefined {
  const { approval, nonce, protects } = challenge;
  if (!approval || approval.redeemedAt !== undefined || challenge.status !== 'approved') return undefined;
  if (now >= approval.at + resultLife || state.lock || state.suspendedAt !== undefined) return undefined;
  return {
    iss: issuer,
    aud: [challenge.clientId, challenge.audience],
    sub: state.userId,
    org: state.organizationId,
    jti: Buffer.from(approval.resultId).toString('base64url'),
    iat: inSeconds(approval.at),
    exp: inSeconds(approval.at + resultLife),
    auth_time: inSeconds(approval.at),
    ...(nonce === undefined ? {} : { nonce }),
    txn: challengeId,
    purpose: challenge.purpose,
    ...(protects === undefined ? {} : { protects }),
    amr: approval.methods,
    acr: approval.strength,
  };
}

export const writeResult = (keys: KeyRing, claims: ResultClaims): string => signJwt(keys.signing, type, { ...claims });

const isText = (value: unknown): value is string => typeof value === 'string';

/** Ours, of our issuer, whole; whether it is still good is for the state to say. */
export function readResult(keys: KeyRing, issuer: string, text: string): ResultClaims | undefined {
  const claims: Claims | undefined = verifyJwt(keys.published, type, text);
  if (!claims || claims['iss'] !== issuer) return undefined;
  const { sub, org, jti, txn, purpose, aud } = claims;
  const isWhole = [sub, org, jti, txn, purpose].every(isText) && Array.isArray(aud) && aud.length === 2 && aud.every(isText);
  return isWhole ? (claims as unknown as ResultClaims) : undefined;
}
