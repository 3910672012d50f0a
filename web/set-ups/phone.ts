/** Setting up a telephone (row 1.4): it is called or texted at once, and counts for nothing until somebody who answers it has confirmed. */
import type { Progress, SetUpFactor } from '../ask/answers.ts';
import { button, form } from '../dom/controls.ts';
import { element, paragraph } from '../dom/element.ts';
import { keepLooking } from '../frame/keep-looking.ts';
import type { SetUpWords } from '../words/en/set-up.ts';
import { phoneForm } from './phone-form.ts';
import { isNew, isTexted, showText } from './phone-text.ts';
import type { SetUp, SetUpWay } from './set-up-way.ts';

const ended = ['failed', 'no-answer', 'busy'];

function stateText({ phone }: SetUpWords, progress: Progress | undefined): string {
  if (!progress) return phone.ended;
  const { attempt, of, state } = progress;
  const attempted = attempt === undefined || of === undefined ? '' : phone.attempted(attempt, of);
  return `${attempted} ${phone.states[state] ?? ''}`.trim();
}

function whatToDo({ phone }: SetUpWords, factor: SetUpFactor): string {
  const { method } = factor;
  if (method === 'call-pin') return isNew(factor) ? phone.doPin : phone.doOwnPin;
  return method === 'call-match' ? phone.doMatch : phone.doCall;
}

function showCall(setUp: SetUp, added: SetUpFactor, goBack: () => void): void {
  const { frame } = setUp;
  const { words } = frame;
  const { phone } = words;
  const number = element('strong', { class: 'number', hidden: true, 'aria-live': 'polite' });
  const again = button(phone.callAgain, async () => {
    const factor = await setUp.send(added.factorId);
    if (factor) update(factor);
  });
  const looking = keepLooking(async () => {
    const factor = await setUp.look(added.factorId);
    if (factor) update(factor);
  });

  function update(factor: SetUpFactor): void {
    const { progress } = factor;
    if (setUp.isProved(factor)) {
      looking.stop();
      setUp.finish(factor);
      return;
    }
    again.hidden = progress !== undefined && !ended.includes(progress.state);
    number.hidden = progress?.show === undefined;
    if (number.textContent !== (progress?.show ?? '')) number.textContent = progress?.show ?? '';
    frame.tell(stateText(words, progress));
  }

  const change = button(phone.change, () => {
    looking.stop();
    goBack();
  }, { look: 'link' });
  const content = [paragraph(phone.calling(added.hint ?? '')), paragraph(whatToDo(words, added)), number, element('div', { class: 'row' }, again, change)];
  frame.show({ title: phone.callingTitle, content });
  looking.hurry(true);
  looking.start();
  update(added);
}

/** The number is reached at once, and the page looks on until somebody has confirmed there. `goBack` leads to the form of the number. */
export function showReached(setUp: SetUp, factor: SetUpFactor, hint: string, goBack: () => void): void {
  const shown = { ...factor, hint };
  if (isTexted(factor)) showText(setUp, shown, goBack);
  else showCall(setUp, shown, goBack);
}

function showForm(setUp: SetUp): void {
  const { frame, options, chooseAgain } = setUp;
  const { words } = frame;
  const { phone } = words;
  const made = phoneForm(words, options);
  const call = async (): Promise<void> => {
    const input = made.read();
    const factor = input && (await setUp.add(input));
    if (factor) showReached(setUp, factor, factor.hint ?? '', () => showForm(setUp));
  };
  const other = chooseAgain && element('div', { class: 'row' }, button(words.otherWay, chooseAgain, { look: 'link' }));
  frame.show({ title: phone.title, content: [paragraph(phone.byThePhone), form(phone.callMe, call, ...made.content), other], focus: made.first });
}

export const phoneSetUp: SetUpWay = {
  name: ({ phone }) => phone.name,
  what: ({ phone }) => phone.what,
  begin: showForm,
};
