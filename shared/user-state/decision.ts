/**
 * What a pure decision returns. Either the state changes, and then the outcome may be revealed only after the commit;
 * or it is refused from the read alone, and nothing that anyone sends can move the version.
 */
import type { Value } from '../platform/dynamo/attributes.ts';
import type { ReceiptOutcome } from './receipts.ts';
import type { UserState } from './user-state.ts';

/** What happened, for the audit trail. Verdicts, never answers: replaying needs no secret. */
export interface DecisionEvent {
  readonly kind: string;
  readonly challengeId?: Uint8Array;
  readonly factorId?: Uint8Array;
  /** The mail that people get about it, by name; the stream sends it. */
  readonly notice?: string;
  readonly detail?: { readonly [name: string]: Value | undefined };
}

export interface Changed<O> {
  readonly outcome: O;
  readonly next: UserState;
  readonly events: readonly [DecisionEvent, ...DecisionEvent[]];
  readonly receipt: { readonly outcome: ReceiptOutcome; readonly about: Uint8Array; readonly answersLeft?: number };
}

export interface Refused<O> {
  readonly outcome: O;
  /** Counted in the audit trail beside the versions, by kind and minute; absent for what is no decision. */
  readonly refusal?: DecisionEvent;
}

export type Decision<O> = Changed<O> | Refused<O>;

export const isChanged = <O>(decision: Decision<O>): decision is Changed<O> => 'next' in decision;
