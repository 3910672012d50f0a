/**
 * The contract of whatever brings a question to a person: one for each carrier. What it sends is decided and paid for
 * in one transaction, and goes out only after that; what it cannot send leaves the challenge open for another factor.
 */
import type { SendRecord } from '../../delivery/message-record.ts';
import type { Write } from '../../platform/dynamo/table.ts';
import type { CommitDependencies } from '../../user-state/commit.ts';
import type { SendCost } from '../../spend/send-prices.ts';
import type { Carrier } from '../../user-state/methods.ts';
import type { Factor } from '../../user-state/factor.ts';
import type { UserState } from '../../user-state/user-state.ts';
import type { Kept } from '../decide-send.ts';
import type { About } from '../sign-in-dependencies.ts';

export interface SendSubject {
  readonly deps: CommitDependencies;
  readonly about: About;
  readonly challengeId: Uint8Array;
  /** The challenge's id as the world sees it. */
  readonly challengeName: string;
  readonly factorId: Uint8Array;
  /** Where the record of the challenge's sends is. */
  readonly partition: string;
  /** The latest send, as the one read found it. */
  readonly record: SendRecord | undefined;
}

/** One send, from before it is decided until it is on its way. */
export interface Prepared {
  /** This send must not be made beside the one that is going on. */
  readonly isUnderWay: boolean;
  keep(factor: Factor, send: number): Kept;
  /** What the send costs at the least, for its event. */
  cost?(state: UserState, send: number): SendCost;
  /** What it costs and where it is recorded: in the transaction that decides it. */
  also(next: UserState, send: number): readonly Write[];
  /** The first of these that refused: throws why, or returns for another look. */
  refused(position: number): void;
  /**
   * Sends, after the commit. `isRepeated` when the same request came again, or the send was under way already: then a
   * call is started under its old name, and a message never sent again.
   */
  start(state: UserState, send: number, isRepeated: boolean): Promise<SendRecord | undefined>;
}

export interface Sender {
  /** Whether what people in this country send back arrives here; for texts. */
  canReceiveReplies?(country: string): boolean;
  prepare(subject: SendSubject): Prepared;
}

/** An absent one: this installation cannot reach anybody so. */
export type Senders = { readonly [Name in Carrier]?: Sender };
