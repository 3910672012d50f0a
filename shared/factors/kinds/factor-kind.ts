/**
 * The contract of a factor kind. A kind turns an answer into a verdict and says what its factor is worth; it never
 * decides. Adding a kind: its file here, a row in factor-kinds.ts, and its carrier if it sends.
 */
import type { KeyObject } from 'node:crypto';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import type { Challenge, Factor, Strength, UserState } from '../../user-state/user-state.ts';

export type Verdict =
  /** `position` is what must never be accepted again: a time step, a counter. */
  | { readonly is: 'right'; readonly position?: number }
  | { readonly is: 'wrong'; readonly wrongPin?: boolean }
  /** Was right once, or is older than one that was: refused, not counted. */
  | { readonly is: 'used' }
  /** The person says that it was not them. */
  | { readonly is: 'fraud' }
  /** Silence: asked again, not counted. */
  | { readonly is: 'nothing' };

/** Where an answer may come in (I7): a kind is answered through its own door only. */
export type AnswerDoor = 'api' | 'call';

export interface VerifyInput {
  readonly answer: string;
  readonly now: number;
  readonly state: UserState;
  readonly challenge: Challenge | undefined;
  readonly keys: KeyRing;
  /** The user's own key; opened on first use. */
  userKey(): KeyObject;
}

export interface FactorKind<F extends Factor> {
  /** As policies and lists name it: `totp`, `phone:call-pin`. */
  methodOf(factor: F): string;
  readonly strength: Strength;
  readonly door: AnswerDoor;
  /** Authentication method references (RFC 8176 §2) beside `mfa`. */
  methodReferences(factor: F): readonly string[];
  verify(factor: F, input: VerifyInput): Verdict;
  /** The factor after a right answer, so that the same one is never right again. */
  accept(factor: F, verdict: Extract<Verdict, { is: 'right' }>): F;
  /** Whether, as it is, it could confirm a sign-in. */
  isReady(factor: F): boolean;
  /** Whether somebody has to be called or written to before it can be answered. */
  readonly sends: boolean;
}

/** Sealed values are bound to whose they are and what for (I2): one user's seed opens for nobody else. */
export function sealBinding(purpose: string, state: Pick<UserState, 'organizationId' | 'userId'>, factorId: Uint8Array): string {
  return JSON.stringify([purpose, state.organizationId, state.userId, Buffer.from(factorId).toString('base64url')]);
}
