/** The app: its accounts and codes, one request at a time when there is one, and looking for the next while it is open. */
import { keepLooking } from '../../frame/keep-looking.ts';
import { now } from '../../frame/time.ts';
import { showAdding } from './add-view.ts';
import type { App, AppFrame } from './app-frame.ts';
import { showHome } from './home-view.ts';
import { keptAccounts, keptCodes, type Account } from './keeping.ts';
import { readPairingLink } from './pairing.ts';
import { showRequest } from './request-view.ts';
import { look, type Looked, type Waiting } from './requests.ts';
import { openWorker, subscribeAccounts } from './waking.ts';

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
  /** Unless the person has gone on to something else meanwhile. */
  async function showFound({ waiting, gone: over }: Looked): Promise<void> {
    if (isHome && waiting) ask(waiting);
    else if (isHome && over.length > 0) await app.home();
  }
  async function lookOnce(): Promise<void> {
    if (!isHome) return;
    looking.hurry(now() < eagerUntil);
    const found = await look(accounts.filter(({ factorId }) => !gone.has(factorId)));
    for (const { factorId } of found.gone) gone.add(factorId);
    await showFound(found);
  }
  const app: App = {
    frame,
    home: async (told = '', tone = 'plain') => {
      accounts = await keptAccounts();
      const codes = await keptCodes();
      isHome = true;
      showHome(app, { accounts, codes, gone });
      frame.tell(told, tone);
      looking.hurry(now() < eagerUntil);
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
