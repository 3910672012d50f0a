/** Setting up a telephone that is texted: its code is typed here, or the reply proves the number while this page looks on. */
import type { SetUpFactor } from '../ask/answers.ts';
import { button, codeField, form } from '../dom/controls.ts';
import { element, paragraph } from '../dom/element.ts';
import { keepLooking } from '../frame/keep-looking.ts';
import type { WaysWords } from '../words/en/ways.ts';
import type { SetUp } from './set-up-way.ts';

export const isTexted = ({ method = '' }: SetUpFactor): boolean => method.startsWith('sms-');

function whatToDo({ texts }: WaysWords, { method }: SetUpFactor, isNew: boolean): string {
  if (method === 'sms-code') return texts.doCode;
  if (method === 'sms-reply-pin') return isNew ? texts.doPin : texts.doOwnPin;
  return method === 'sms-reply-match' ? texts.doMatch : texts.doReply;
}

/** The PIN was chosen a moment ago; or it is the one that the person has had, for another number. */
export const isNew = ({ status }: SetUpFactor): boolean => status === 'proving';

/** Typed and confirmed; undefined for the methods that are answered by a reply. */
function codeForm(setUp: SetUp, { method, factorId }: SetUpFactor, confirmed: (factor: SetUpFactor) => void): HTMLFormElement | undefined {
  const { frame } = setUp;
  const { texts } = frame.words.ways;
  if (method !== 'sms-code') return undefined;
  const code = codeField(texts.code);
  const confirm = async (): Promise<void> => {
    code.complain(code.value() === '' ? texts.codeMissing : '');
    if (code.value() === '') return;
    const factor = await setUp.confirm(factorId, code.value());
    if (factor?.isAccepted && setUp.isProved(factor)) confirmed(factor);
    else if (factor) {
      frame.tell(texts.notAccepted, 'bad');
      code.input.value = '';
      code.input.focus();
    }
  };
  return form(texts.confirm, confirm, code.box);
}

/** `change` goes back to the form of the number. */
export function showText(setUp: SetUp, added: SetUpFactor, change: () => void): void {
  const { frame } = setUp;
  const { texts } = frame.words.ways;
  const number = element('strong', { class: 'number', hidden: true, 'aria-live': 'polite' });
  let told = '';
  const looking = keepLooking(async () => {
    const factor = await setUp.look(added.factorId);
    if (factor) update(factor);
  });
  const finish = (factor: SetUpFactor): void => {
    looking.stop();
    setUp.finish(factor);
  };

  function update(factor: SetUpFactor): void {
    const { progress } = factor;
    if (setUp.isProved(factor)) {
      finish(factor);
      return;
    }
    number.hidden = progress?.show === undefined;
    if (number.textContent !== (progress?.show ?? '')) number.textContent = progress?.show ?? '';
    const state = texts.states[progress?.state ?? ''] ?? '';
    // Said when it changes: what was said of a code in between must not be talked over.
    if (state !== told) frame.tell(state);
    told = state;
  }

  const again = button(texts.again, async () => {
    told = '';
    const factor = await setUp.send(added.factorId);
    if (factor) update(factor);
  });
  const back = button(texts.change, () => {
    looking.stop();
    change();
  }, { look: 'link' });
  const content = [paragraph(texts.texting(added.hint ?? '')), paragraph(whatToDo(frame.words.ways, added, isNew(added))), number, codeForm(setUp, added, finish)];
  frame.show({ title: texts.title, content: [...content, element('div', { class: 'row' }, again, back)] });
  looking.hurry(true);
  looking.start();
  update(added);
}
