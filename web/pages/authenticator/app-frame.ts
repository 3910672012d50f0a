/** What the views of the app have of it: the frame that they stand in, and where they lead. */
import type { Frame } from '../../frame/frame.ts';
import type { AuthenticatorWords } from '../../words/en/authenticator.ts';

export type AppFrame = Frame<AuthenticatorWords>;

export interface App {
  readonly frame: AppFrame;
  /** Back to the accounts, with a word about what was done. */
  home(told?: string, tone?: 'good' | 'bad' | 'plain'): Promise<void>;
  add(link?: string): void;
  /** Looks at once, also for a request that was put aside. */
  lookNow(): Promise<void>;
}
