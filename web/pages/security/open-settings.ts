/** The security page from its welcome on: reads what somebody has, asks for proofs, tells refusals, and ends with its session. */
import { forgetSession, onAsk, Refusal } from '../../ask/ask.ts';
import { button } from '../../dom/controls.ts';
import { paragraph } from '../../dom/element.ts';
import type { Frame } from '../../frame/frame.ts';
import { problemText } from '../../frame/problem-text.ts';
import { isSessionOver, showOver } from '../../frame/start-page.ts';
import { now } from '../../frame/time.ts';
import { watchIdle } from '../../frame/watch-idle.ts';
import { askMailedCode } from '../../proofs/ask-mailed-code.ts';
import { askProof } from '../../proofs/ask-proof.ts';
import { makeProver, type Prover } from '../../proofs/prover.ts';
import { counts, strongEnough } from '../../proofs/strength.ts';
import type { SecurityWords } from '../../words/en/security.ts';
import { accountOf, type Account } from './account.ts';
import { drawHome } from './home.ts';
import { manage } from './manage.ts';
import type { RefusalTexts, Seen, Settings } from './settings.ts';

type SecurityFrame = Frame<SecurityWords>;

/** What a refusal means here; false for one that ended the session. */
function explainFor({ words }: SecurityFrame, error: unknown, texts: RefusalTexts = {}): string | false {
  if (isSessionOver(error)) return false;
  const { problem } = error instanceof Refusal ? error : { problem: '' };
  return texts[problem] ?? words.security.refusals[problem] ?? problemText(words, error);
}

function proverFor(frame: SecurityFrame, account: Account, seen: () => Seen, refused: () => unknown): Prover {
  return makeProver({
    now,
    proof: () => {
      const { factors } = seen().user;
      return askProof(frame, { enough: (choices) => strongEnough(choices, factors), hasAny: factors.some(counts), refused });
    },
    mailedProof: () =>
      askMailedCode(frame, {
        send: () => account.mailCode('change-factors'),
        answer: async (code) => {
          const { proof, reason } = await account.answerMail(code);
          if (proof !== undefined) return { given: proof };
          return reason === 'wrong-answer' ? 'wrong' : 'over';
        },
        explain: (error) => explainFor(frame, error),
      }),
  });
}

/** Begun anew without a session, the page says that it is over: nothing of what it held stays on the screen, or is still asked for. */
function end(): void {
  forgetSession();
  location.reload();
}

async function readAll(account: Account): Promise<Seen> {
  const [user, options, activity] = await Promise.all([account.user(), account.options(), account.activity()]);
  return { user, options, activity };
}

function showUnread(frame: SecurityFrame, again: () => unknown): void {
  const { words } = frame;
  frame.show({ title: words.offlineTitle, content: [paragraph(words.offlineText), button(words.again, again, { look: 'main' })] });
}

export async function openSettings(frame: SecurityFrame): Promise<void> {
  const { person } = frame.welcome;
  if (!person) {
    showOver(frame);
    return;
  }
  const account = accountOf(person);
  onAsk(watchIdle(end));
  let seen: Seen | undefined;

  async function attempt<T>(work: () => Promise<T>, texts?: RefusalTexts): Promise<T | undefined> {
    frame.tell('');
    try {
      return await work();
    } catch (error) {
      settle(error, texts);
      return undefined;
    }
  }
  function settle(error: unknown, texts?: RefusalTexts): void {
    const text = explainFor(frame, error, texts);
    if (text === false) end();
    else frame.tell(text, 'bad');
  }
  async function signOut(): Promise<void> {
    await attempt(() => account.signOut().then(() => true));
    forgetSession();
    if (frame.welcome.returnUrl === undefined) showOver(frame);
    else frame.leave();
  }
  const needSeen = (): Seen => {
    if (!seen) throw new Error('nothing was read yet');
    return seen;
  };
  const settings: Settings = {
    frame,
    account,
    prover: proverFor(frame, account, needSeen, () => settings.home()),
    get seen() {
      return needSeen();
    },
    refresh: async () => {
      const read = await attempt(() => readAll(account));
      seen = read ?? seen;
      return read !== undefined;
    },
    home: async (told = '') => {
      const isRead = await settings.refresh();
      if (isRead) drawHome(settings, signOut);
      else if (!seen) showUnread(frame, () => settings.home());
      if (isRead && told !== '') frame.tell(told, 'good');
    },
    stay: async (factorId, told = '') => {
      if (!(await settings.refresh())) return;
      manage(settings, factorId);
      if (told !== '') frame.tell(told, 'good');
    },
    attempt,
    explain: (error) => explainFor(frame, error),
    settle,
  };
  await settings.home();
}
