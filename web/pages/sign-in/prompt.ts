/** The sign-in prompt: one way at a time, another at any moment, and one end for every refusal (A30). */
import type { Answered, Challenge } from '../../ask/answers.ts';
import { ask } from '../../ask/ask.ts';
import { button } from '../../dom/controls.ts';
import { element, paragraph, type Content } from '../../dom/element.ts';
import { wayBack, type Frame } from '../../frame/frame.ts';
import { isSessionOver, showOver } from '../../frame/start-page.ts';
import { keepLooking } from '../../frame/keep-looking.ts';
import { waysOf, type Way } from '../../prompts/prompt-ways.ts';
import type { SignInWords } from '../../words/en/sign-in.ts';
import { viewWay, type WayView } from '../../prompts/way-view.ts';

function showRefused(frame: Frame<SignInWords>): void {
  const { words } = frame;
  frame.show({ title: words.refusedTitle, content: [paragraph(words.refusedText), paragraph(words.refusedNext), wayBack(frame)] });
}

/** True when there is nothing left to do here. */
function showEnd(frame: Frame<SignInWords>, { status }: Challenge): boolean {
  const { words } = frame;
  if (status === 'pending') return false;
  if (status === 'set-up-required' || status === 'set-up-offered') location.replace('/set-up');
  else if (status === 'over') showRefused(frame);
  else {
    frame.show({ title: words.approvedTitle, content: [paragraph(words.leavingText(frame.welcome.organization.name)), wayBack(frame)] });
    frame.leave();
  }
  return true;
}

export function drawPrompt(frame: Frame<SignInWords>): void {
  const { words } = frame;
  let current: WayView | undefined;
  let isOver = false;
  const looking = keepLooking(async () => {
    try {
      take(await ask<Challenge>('GET', '/page/challenge'));
    } catch (error) {
      if (isSessionOver(error)) endSession();
    }
  });

  function endSession(): void {
    looking.stop();
    showOver(frame);
  }

  function take(challenge: Challenge): void {
    isOver ||= showEnd(frame, challenge);
    if (isOver) looking.stop();
    else {
      current?.update(challenge);
      looking.hurry(challenge.progress !== undefined);
    }
  }

  /** Whatever was refused is told; the challenge may have ended by it. */
  async function attempt(work: () => Promise<void>): Promise<void> {
    frame.tell('');
    try {
      await work();
    } catch (error) {
      if (isSessionOver(error)) endSession();
      else frame.tellProblem(error);
    }
  }

  const actionsFor = ({ factor: { factorId } }: Way) => ({
    answer: (answer: string) =>
      attempt(async () => {
        const answered = await ask<Answered>('POST', '/page/challenge/answer', { factorId, answer });
        take(answered.challenge);
        if (!answered.isAccepted && !isOver) frame.tell(words.notAccepted, 'bad');
      }),
    reach: () => attempt(async () => take(await ask<Challenge>('POST', '/page/challenge/send', { factorId }))),
  });

  const cancel = () => attempt(async () => {
    await ask('POST', '/page/challenge/cancel');
    looking.stop();
    if (frame.welcome.returnUrl === undefined) showOver(frame);
    else frame.leave();
  });

  function others(ways: readonly Way[], chosen: Way, challenge: Challenge): Content[] {
    const rest = ways.filter((each) => each !== chosen);
    if (rest.length === 0) return [];
    const rows = rest.map((each) => {
      const { way, factor } = each;
      return element('li', {}, button(way.name(words, factor), () => draw(ways, each, challenge), { what: way.what(words, factor) }));
    });
    return [element('h2', {}, words.otherWays), element('ul', { class: 'ways' }, ...rows)];
  }

  function draw(ways: readonly Way[], chosen: Way, challenge: Challenge): void {
    current = viewWay(frame, chosen, actionsFor(chosen));
    const content = [...current.content, ...others(ways, chosen, challenge), element('div', { class: 'row' }, button(words.cancel, cancel, { look: 'link' }))];
    frame.show({ title: words.title, content, focus: current.focus });
    current.update(challenge);
  }

  const { challenge } = frame.welcome;
  if (!challenge || showEnd(frame, challenge)) return;
  const ways = waysOf(challenge.factors);
  // What is under way already, after a reload, is what the person goes on with.
  const first = ways.find(({ factor }) => factor.factorId === challenge.progress?.factorId) ?? ways[0];
  if (!first) {
    showRefused(frame);
    return;
  }
  draw(ways, first, challenge);
  looking.start();
  looking.hurry(challenge.progress !== undefined);
}
