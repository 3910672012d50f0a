/** What everything that is done to one portal works with. */
import type { Console } from '../../pages/console/console.ts';
import type { PortalsWords } from '../../words/en/console-portals.ts';
import type { Portal } from './portal.ts';

export interface PortalContext {
  readonly console: Console;
  readonly words: PortalsWords;
  readonly portal: Portal;
  readonly etag: string | undefined;
  /** Why nothing can be changed; absent when it can. */
  readonly why: string | undefined;
  /** Draws it anew, saying what was done. */
  again(text?: string): void;
}
