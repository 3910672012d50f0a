/** The app: its accounts and codes, one request at a time when there is one, and looking for the next while it is open. */
import { keepLooking } from '../../frame/keep-looking.ts';
import type { Frame } from '../../frame/frame.ts';
import { now } from '../../frame/time.ts';
import type { AuthenticatorWords } from '../../words/en/authenticator.ts';
import { showAdding } from './add-view.ts';
import { showHome } from './home-view.ts';
import { keptAccounts, keptCodes, type Account } from './keeping.ts';
import { readPairingLink } from './pairing.ts';
import { showRequest } from './request-view.ts';
import { look, type Waiting } from './requests.ts';
import { openWorker, subscribeAccounts } from './waking.ts';

export type AppFrame = Frame<AuthenticatorWords>;

export interface App {
  readonly frame: AppFrame;
  /** Back to the accounts, with a word about what was done. */
  home(told?: string, tone?: 'good' | 'bad' | 'plain'): Promise<void>;
  add(link?: string): void;
  /** Looks at once, also for a request that was put aside. */
  lookNow(): Promise<void>;
}

/** Long enough for somebody who has just signed in elsewhere. */
const eagerFor = 3 * 60_000;

function makeApp(frame: AppFrame): App {
  let accounts: readonly Account[] = [];
  let isHome = false;
  let eagerUntil = now() + eagerFor;
  const gone = new Set<string>();
  const looking = keepLooking(() => lookOnce());

  const ask = (waiting: Waiting): void => {
    isHome = false;
    showRequest(app, waiting);
  };
  async function lookOnce(): Promise<void> {
    if (!isHome) return;
    looking.hurry(now() < eagerUntil);
    const found = await look(accounts.filter(({ factorId }) => !gone.has(factorId)));
    for (const { factorId } of found.gone) gone.add(factorId);
    // The person may have gone on to something else meanwhile.
    if (!isHome) return;
    if (found.waiting) ask(found.waiting);
    else if (found.gone.length > 0) await app.home();
  }
  const app: App = {
    frame,
    home: async (told = '', tone = 'plain') => {
      accounts = await keptAccounts();
      const codes = await keptCodes();
      isHome = true;
      showHome(app, { accounts, codes, gone });
      frame.tell(told, tone);
      looking.start();
    },
    add: (link) => {
      isHome = false;
      showAdding(app, link);
    },
    lookNow: async () => {
      eagerUntil = now() + eagerFor;
      looking.hurry(true);
      await lookOnce();
    },
  };
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) eagerUntil = now() + eagerFor;
  });
  return app;
}

/** A pairing link that the page was opened by is shown first, for the person to say yes to. */
export async function openApp(frame: AppFrame, link: string): Promise<void> {
  const app = makeApp(frame);
  void openWorker();
  if ('serviceWorker' in navigator) navigator.serviceWorker.addEventListener('message', () => void app.lookNow());
  if (readPairingLink(link)) app.add(link);
  else await app.home();
  void subscribeAccounts(await keptAccounts());
}
