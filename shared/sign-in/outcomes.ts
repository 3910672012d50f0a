/** What the sign-in operations come to. Outcomes are returned, and each operation says what its caller sees of them. */
import type { ProblemName } from '../platform/problems/problem-catalogue.ts';

export interface RefusedOutcome {
  readonly status: 'refused';
  readonly problem: ProblemName;
  readonly waitFor?: number;
}

export type AnswerOutcome =
  /** `recovered`: by a recovery key; a new factor is set up before anything is approved. */
  | { readonly status: 'approved' | 'recovered'; readonly challengeId: Uint8Array }
  | {
      readonly status: 'pending' | 'locked' | 'denied';
      readonly reason: string;
      readonly challengeId: Uint8Array;
      readonly answersLeft?: number;
    }
  /** Nobody typed anything: ask again. */
  | { readonly status: 'nothing' }
  /** Time or another answer had ended it. */
  | { readonly status: 'over'; readonly challengeId: Uint8Array }
  | RefusedOutcome;

export type StartOutcome =
  | { readonly status: 'not-required'; readonly challengeId: Uint8Array }
  | { readonly status: 'enrollment-required' | 'pending' | 'approved' | 'recovered'; readonly challengeId: Uint8Array }
  | {
      readonly status: 'denied' | 'locked' | 'pending';
      readonly reason: string;
      readonly challengeId: Uint8Array;
      readonly answersLeft?: number;
    }
  | RefusedOutcome;

export type SendOutcome =
  | { readonly status: 'sent'; readonly challengeId: Uint8Array; readonly send: number }
  /** A call is under way already: it goes on, no other is placed. */
  | { readonly status: 'under-way'; readonly challengeId: Uint8Array }
  | { readonly status: 'over'; readonly challengeId: Uint8Array }
  | RefusedOutcome;

export type PlainOutcome =
  | { readonly status: 'done'; readonly challengeId: Uint8Array }
  | { readonly status: 'over'; readonly challengeId: Uint8Array }
  | RefusedOutcome;
