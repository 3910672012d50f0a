/** What every view of the security page works with: who it is, what they have, and how a change is made and told. */
import type { SetUpOptions } from '../../ask/answers.ts';
import type { Frame } from '../../frame/frame.ts';
import type { Prover } from '../../proofs/prover.ts';
import type { SecurityWords } from '../../words/en/security.ts';
import type { Account, Activity, User } from './account.ts';

/** As it was read last. */
export interface Seen {
  readonly user: User;
  readonly options: SetUpOptions;
  readonly activity: Activity;
}

/** Other words for a refusal, where it means something of its own. */
export type RefusalTexts = Readonly<Record<string, string>>;

export interface Settings {
  readonly frame: Frame<SecurityWords>;
  readonly account: Account;
  readonly prover: Prover;
  readonly seen: Seen;
  /** Reads everything anew: false when that was refused, which is told. */
  refresh(): Promise<boolean>;
  /** The same, and shows the first view, with what has come of it. */
  home(told?: string): Promise<void>;
  /** The same for one way, and the view of it. */
  stay(factorId: string, told?: string): Promise<void>;
  /** Tells what is refused; undefined then. */
  attempt<T>(work: () => Promise<T>, texts?: RefusalTexts): Promise<T | undefined>;
  /** What a refusal means; false when it ended the session. */
  explain(error: unknown): string | false;
  /** Shows a refusal, or that the session is over. */
  settle(error: unknown): void;
}

