/** The set-up page: choose a way, set it up, keep what is shown once, and go back signed in. What is merely offered can be left. */
import type { Challenge, SetUpOptions } from '../../ask/answers.ts';
import { ask } from '../../ask/ask.ts';
import { button } from '../../dom/controls.ts';
import { element, paragraph, type Content } from '../../dom/element.ts';
import { wayBack, type Frame } from '../../frame/frame.ts';
import { isSessionOver, showOver } from '../../frame/start-page.ts';
import { requestsAt, setUpFrom } from '../../set-ups/host.ts';
import type { SetUp, SetUpWay } from '../../set-ups/set-up-way.ts';
import { waysFor } from '../../set-ups/set-up-ways.ts';
import type { SetUpWords } from '../../words/en/set-up.ts';

type SetUpFrame = Frame<SetUpWords>;

function showDone(frame: SetUpFrame): void {
  const { words } = frame;
  frame.show({ title: words.doneTitle, content: [paragraph(words.doneText), wayBack(frame)] });
}

function showLost(frame: SetUpFrame): void {
  const { words } = frame;
  frame.show({ title: words.lostTitle, content: [paragraph(words.lostText), wayBack(frame)] });
}

/** True when there is nothing to set up (any more). */
function showEnd(frame: SetUpFrame, { status }: Challenge): boolean {
  if (status === 'set-up-required' || status === 'set-up-offered') return false;
  // Another tab has set up a factor meanwhile: this sign-in has to be confirmed like any other.
  if (status === 'pending') location.replace('/sign-in');
  else if (status === 'approved') showDone(frame);
  else showLost(frame);
  return true;
}

/** A refusal may have come with the end of all: then that is shown in place of it. */
async function settle(frame: SetUpFrame, error: unknown): Promise<void> {
  if (isSessionOver(error)) {
    const challenge = await ask<Challenge>('GET', '/page/challenge').catch(() => undefined);
    if (!challenge) showOver(frame);
    else if (!showEnd(frame, challenge)) frame.tell(frame.words.problems.unknown, 'bad');
  } else frame.tellProblem(error);
}

function setUpFor(frame: SetUpFrame, options: SetUpOptions, chooseAgain: () => void): SetUp {
  return setUpFrom({
    frame,
    options,
    requests: requestsAt('/page/set-up/factors'),
    settle: (error) => settle(frame, error),
    // The fifth wrong answer ends it all, and the page says no more of that than of any other end (A30).
    isOver: async () => showEnd(frame, await ask<Challenge>('GET', '/page/challenge')),
    done: () => showDone(frame),
    chooseAgain,
  });
}

function chooseFrom(frame: SetUpFrame, options: SetUpOptions, ways: readonly SetUpWay[], isOffered: boolean): void {
  const { words, welcome } = frame;
  const { name } = welcome.organization;
  const begin = (way: SetUpWay): unknown => way.begin(setUpFor(frame, options, show));
  const rows = ways.map((way) => element('li', {}, button(way.name(words), () => begin(way), { what: way.what(words) })));

  function show(): void {
    const why = isOffered ? words.whyOffered(name) : words.whyRequired(name);
    const list: Content[] = [element('h2', {}, words.choose), element('ul', { class: 'ways' }, ...rows)];
    const choices = rows.length === 0 ? [paragraph(words.nothingToChoose)] : list;
    const skip = isOffered && welcome.returnUrl !== undefined ? element('div', { class: 'row' }, button(words.notNow, () => frame.leave(), { look: 'link' })) : undefined;
    frame.show({ title: words.title, content: [paragraph(why), ...choices, skip] });
  }
  show();
}

export async function drawSetUp(frame: SetUpFrame): Promise<void> {
  const { challenge } = frame.welcome;
  if (!challenge || showEnd(frame, challenge)) return;
  try {
    const options = await ask<SetUpOptions>('GET', '/page/set-up');
    chooseFrom(frame, options, waysFor(options.methods), challenge.status === 'set-up-offered');
  } catch (error) {
    await settle(frame, error);
  }
}
