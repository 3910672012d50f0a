/**
 * The contract of a factor kind. A kind turns an answer into a verdict; it never decides. What its methods are worth
 * and how people are reached by them is in user-state/methods.ts. Adding a kind: CONTRIBUTING.md.
 */
import type { KeyObject } from 'node:crypto';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Factor, FactorBase } from '../../user-state/factor.ts';
import type { OpenAsk } from '../../user-state/open-asks.ts';
import type { Challenge, ProvedPart, Sending, UserState } from '../../user-state/user-state.ts';

/** What a right answer taught about the factor beside its position; the kind itself puts it in. */
export type Learned = Readonly<Record<string, number | Uint8Array>>;

/** What somebody else said of an answer, whom the kind has to believe: asked before the decision, about this factor only. */
export interface RemoteVerdict {
  readonly factorId: Uint8Array;
  readonly isRight: boolean;
  /** As it was counted before it left. */
  readonly ask?: OpenAsk;
}

export type Verdict =
  /** `position` is what must never be accepted again: a time step, a counter. `enrolled` is what a confirmation made known. */
  | { readonly is: 'right'; readonly position?: number; readonly learned?: Learned; readonly enrolled?: object }
  /** `ends` the challenge: nobody guesses twice (D19). */
  | { readonly is: 'wrong'; readonly wrongPin?: boolean; readonly ends?: true }
  /** Was right once, or is older than one that was: refused, not counted. */
  | { readonly is: 'used' }
  /** Nothing was sent yet that it could answer: refused, not counted. */
  | { readonly is: 'unasked' }
  /** The person says that it was not them. */
  | { readonly is: 'fraud' }
  /** The person does not want it now, and says no more than that. */
  | { readonly is: 'declined' }
  /** Silence: asked again, not counted. */
  | { readonly is: 'nothing' };

export type Right = Extract<Verdict, { is: 'right' }>;

export interface VerifyInput {
  readonly answer: string;
  /** The code after it, for kinds that are confirmed by two. */
  readonly nextAnswer?: string | undefined;
  readonly remote?: RemoteVerdict | undefined;
  readonly now: number;
  readonly state: UserState;
  readonly challenge: Challenge | undefined;
  /** What was sent to this very factor for this challenge, last. */
  readonly sending: Sending | undefined;
  readonly keys: KeyRing;
  readonly policy: Policy;
  /** The user's own key; opened on first use. */
  userKey(): KeyObject;
}

/** What a person may see of a factor beyond what every factor has. */
export interface KindView {
  readonly hint?: string;
  readonly [detail: string]: unknown;
}

export interface ViewInput {
  readonly state: UserState;
  /** The user's own key; opened on first use. */
  userKey(): KeyObject;
}

export interface AskInput {
  readonly challenge: Challenge;
  readonly keys: KeyRing;
  readonly policy: Policy;
}

/** What a kind's own set-up made of a change: only that kind reads it. */
export type OwnChanges<F extends Factor> = F extends Factor ? Partial<Omit<F, keyof FactorBase>> : never;

export interface KindChange<F extends Factor> {
  readonly factor: F;
  /** What has to be reached before the change counts. */
  readonly reach?: ProvedPart;
  /** Whoever is being asked now was asked by what it was: their answer counts for nothing any more (X34). */
  readonly isAskedOtherwise: boolean;
}

export interface FactorKind<F extends Factor> {
  /** How many a person may have, so that the item stays small. */
  readonly most: number;
  /** It is confirmed by two codes in a row, so that one that was read off binds nothing (row 1.3). */
  readonly confirmedByTwo?: true;
  /** Authentication method references (RFC 8176 §2) beside `mfa`. */
  methodReferences(factor: F): readonly string[];
  verify(factor: F, input: VerifyInput): Verdict;
  /** The factor after a right answer, so that the same one is never right again; undefined when it is used up. */
  accept(factor: F, verdict: Right): F | undefined;
  /** Whether, as it is, it could confirm a sign-in. */
  isReady(factor: F): boolean;
  /** The part that has to be reached next, before it counts; for kinds whose methods reach people. */
  unproved?(factor: F): ProvedPart | undefined;
  /** The factor once that part was reached. */
  prove?(factor: F, part: ProvedPart): F;
  /** What its set-up made of a change, put in; throws for what does not go together. */
  change?(factor: F, own: OwnChanges<F>): KindChange<F>;
  view?(factor: F, input: ViewInput): KindView;
  /** What the person's device has to be told to answer this challenge. */
  ask?(factor: F, input: AskInput): Readonly<Record<string, unknown>>;
}

/** Sealed values are bound to whose they are and what for (I2): one user's seed opens for nobody else. */
export function sealBinding(purpose: string, state: Pick<UserState, 'organizationId' | 'userId'>, factorId: Uint8Array): string {
  return JSON.stringify([purpose, state.organizationId, state.userId, Buffer.from(factorId).toString('base64url')]);
}
