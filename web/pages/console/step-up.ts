/** Asks whoever administers to confirm, before what must not be done by somebody who merely found the page open (D23). */
import type { Answered, Challenge } from '../../ask/answers.ts';
import { ask } from '../../ask/ask.ts';
import { button } from '../../dom/controls.ts';
import { openDialog } from '../../dom/dialog.ts';
import { element, paragraph, type Content } from '../../dom/element.ts';
import type { Frame } from '../../frame/frame.ts';
import { keepLooking } from '../../frame/keep-looking.ts';
import { waysOf, type Way } from '../../prompts/prompt-ways.ts';
import type { ConsoleWords } from '../../words/en/console.ts';
import type { SignInWords } from '../../words/en/sign-in.ts';
import { currentLanguage, type WordLoaders } from '../../words/languages.ts';
import { problemLine } from './problem-line.ts';
import { viewWay, type WayView } from '../../prompts/way-view.ts';

/** What is asked in order to confirm is what a sign-in asks: the words are the same ones. */
const promptWords: WordLoaders<{ readonly words: SignInWords }> = {
  en: () => import('../../words/en/sign-in.ts'),
  es: () => import('../../words/es/sign-in.ts'),
  fr: () => import('../../words/fr/sign-in.ts'),
};

interface Started {
  readonly challengeId: string;
  readonly challenge: Challenge;
}

/** Gives the challenge that was approved; undefined when the person turned away, or it was refused. */
export async function stepUp(frame: Frame<ConsoleWords>): Promise<string | undefined> {
  const [{ words }, { challengeId, challenge }] = await Promise.all([promptWords[currentLanguage()](), ask<Started>('POST', '/page/proofs')]);
  return new Promise((resolve) => showPrompt({ frame, words, challengeId, challenge, resolve }));
}

interface Prompt extends Started {
  readonly frame: Frame<ConsoleWords>;
  readonly words: SignInWords;
  resolve(proof: string | undefined): void;
}

function showPrompt({ frame, words, challengeId, challenge: first, resolve }: Prompt): void {
  const own = frame.words;
  const path = `/page/proofs/${challengeId}`;
  let current: WayView | undefined;
  let outcome: Challenge['status'] = first.status;
  const looking = keepLooking(async () => take(await ask<Challenge>('GET', path)));
  const dialog = openDialog({
    closeName: words.cancel,
    onClose: () => {
      looking.stop();
      if (outcome === 'pending') void ask('POST', `${path}/cancel`).catch(() => undefined);
      resolve(outcome === 'approved' ? challengeId : undefined);
    },
  });

  function take(challenge: Challenge): void {
    if (!dialog.isOpen) return;
    outcome = challenge.status;
    if (outcome === 'pending') {
      current?.update(challenge);
      looking.hurry(challenge.progress !== undefined);
    } else if (outcome === 'approved') dialog.close();
    else {
      looking.stop();
      dialog.show(own.proof.refusedTitle, [paragraph(own.proof.refusedText)]);
    }
  }

  async function attempt(work: () => Promise<void>): Promise<void> {
    dialog.tell('');
    try {
      await work();
    } catch (error) {
      dialog.tell(problemLine(own, error), 'bad');
    }
  }

  const actionsFor = ({ factor: { factorId } }: Way) => ({
    answer: (answer: string) =>
      attempt(async () => {
        const answered = await ask<Answered>('POST', `${path}/answer`, { factorId, answer });
        take(answered.challenge);
        if (!answered.isAccepted && outcome === 'pending') dialog.tell(words.notAccepted, 'bad');
      }),
    reach: () => attempt(async () => take(await ask<Challenge>('POST', `${path}/send`, { factorId }))),
  });

  function draw(ways: readonly Way[], chosen: Way, challenge: Challenge): void {
    current = viewWay({ ...frame, words, tell: dialog.tell }, chosen, actionsFor(chosen));
    const rest = ways.filter((each) => each !== chosen).map((each) =>
      element('li', {}, button(each.way.name(words, each.factor), () => draw(ways, each, challenge), { what: each.way.what(words, each.factor) })),
    );
    const others: Content[] = rest.length === 0 ? [] : [element('h3', {}, words.otherWays), element('ul', { class: 'ways' }, ...rest)];
    dialog.show(own.proof.title, [paragraph(own.proof.text), ...current.content, ...others], current.focus);
    current.update(challenge);
  }

  // A recovery key would be used up, and leads to a set-up, not to what is being done here.
  const ways = waysOf(first.factors.filter(({ kind }) => kind !== 'recovery-key'));
  const [chosen] = ways;
  if (!chosen || outcome !== 'pending') {
    dialog.show(own.proof.refusedTitle, [paragraph(own.proof.refusedText)]);
    return;
  }
  draw(ways, chosen, first);
  looking.start();
}
