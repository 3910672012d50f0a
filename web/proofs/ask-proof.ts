/** Asks, over the page, for the strongest way that somebody has: what they typed beneath stays as it is. */
import type { Answered, Challenge, FactorChoice } from '../ask/answers.ts';
import { ask, Refusal } from '../ask/ask.ts';
import { button } from '../dom/controls.ts';
import { openDialog } from '../dom/dialog.ts';
import { element, paragraph, type Content } from '../dom/element.ts';
import type { Frame } from '../frame/frame.ts';
import { keepLooking } from '../frame/keep-looking.ts';
import { problemText } from '../frame/problem-text.ts';
import { waysOf, type Way } from '../prompts/prompt-ways.ts';
import { viewWay, type WayActions, type WayView } from '../prompts/way-view.ts';
import type { SignInWords } from '../words/en/sign-in.ts';
import type { Rights } from './prover.ts';

export interface ProofWords extends SignInWords {
  readonly proof: { readonly title: string; readonly text: string; readonly refusedTitle: string; readonly refusedText: string; readonly noWayText: string };
}

interface Started {
  readonly challengeId: string;
  readonly challenge: Challenge;
}

export interface ProofNeeds {
  /** Those of the ways that are strong enough. */
  enough(choices: readonly FactorChoice[]): FactorChoice[];
  /** After a refusal, which may have come with a lock: the page shows how it is now. */
  refused(): unknown;
  /** There is something to confirm with, so that a refusal is not that a first way needs an invitation. */
  readonly hasAny: boolean;
}

/** Undefined when the person turned away, or was refused. */
export async function askProof(frame: Frame<ProofWords>, { enough, hasAny, refused }: ProofNeeds): Promise<Rights | undefined> {
  const started = await ask<Started>('POST', '/page/proofs');
  const { challengeId, challenge } = started;
  if (challenge.status === 'set-up-required' || challenge.status === 'set-up-offered') return { challengeId };
  const ways = waysOf(enough(challenge.factors));
  return new Promise((resolve, reject) => showPrompt({ frame, ways, hasAny, refused, started, resolve, reject }));
}

interface Prompt extends Pick<ProofNeeds, 'hasAny' | 'refused'> {
  readonly frame: Frame<ProofWords>;
  readonly ways: readonly Way[];
  readonly started: Started;
  resolve(rights: Rights | undefined): void;
  reject(error: unknown): void;
}

function showPrompt({ frame, ways, hasAny, refused, started, resolve, reject }: Prompt): void {
  const { words } = frame;
  const path = `/page/proofs/${started.challengeId}`;
  let current: WayView | undefined;
  let { status } = started.challenge;
  const looking = keepLooking(async () => {
    try {
      take(await ask<Challenge>('GET', path));
    } catch (error) {
      stopIfOver(error);
    }
  });
  const dialog = openDialog({
    closeName: words.cancel,
    onClose: () => {
      looking.stop();
      if (status === 'pending') void ask('POST', `${path}/cancel`).catch(() => undefined);
      if (status === 'over') void refused();
      resolve(status === 'approved' ? { proofs: [started.challengeId] } : undefined);
    },
  });

  function stopIfOver(error: unknown): boolean {
    const isOver = error instanceof Refusal && error.problem === 'page-session-over';
    if (!isOver) return false;
    reject(error);
    dialog.close();
    return true;
  }

  function take(challenge: Challenge): void {
    ({ status } = challenge);
    if (status === 'pending') {
      current?.update(challenge);
      looking.hurry(challenge.progress !== undefined);
    } else if (status === 'approved') dialog.close();
    else {
      looking.stop();
      dialog.show(words.proof.refusedTitle, [paragraph(hasAny ? words.proof.refusedText : words.problems.invitationNeeded)]);
    }
  }

  async function attempt(work: () => Promise<void>): Promise<void> {
    dialog.tell('');
    try {
      await work();
    } catch (error) {
      if (!stopIfOver(error)) dialog.tell(problemText(words, error), 'bad');
    }
  }

  const actionsFor = ({ factor: { factorId } }: Way): WayActions => ({
    answer: (answer) =>
      attempt(async () => {
        const answered = await ask<Answered>('POST', `${path}/answer`, { factorId, answer });
        take(answered.challenge);
        if (!answered.isAccepted && status === 'pending') dialog.tell(words.notAccepted, 'bad');
      }),
    reach: () => attempt(async () => take(await ask<Challenge>('POST', `${path}/send`, { factorId }))),
  });

  function others(chosen: Way): Content[] {
    const rest = ways.filter((each) => each !== chosen);
    if (rest.length === 0) return [];
    const rows = rest.map((each) => element('li', {}, button(each.way.name(words, each.factor), () => draw(each), { what: each.way.what(words, each.factor) })));
    return [element('h3', {}, words.otherWays), element('ul', { class: 'ways' }, ...rows)];
  }

  function draw(chosen: Way): void {
    current = viewWay({ words, tell: dialog.tell, level: 'h3' }, chosen, actionsFor(chosen));
    dialog.show(words.proof.title, [paragraph(words.proof.text), ...current.content, ...others(chosen)], current.focus);
    current.update(started.challenge);
  }

  const [first] = ways;
  if (status !== 'pending') take(started.challenge);
  else if (first) {
    draw(first);
    looking.start();
  } else dialog.show(words.proof.refusedTitle, [paragraph(words.proof.noWayText)]);
}
