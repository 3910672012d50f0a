/** Setting up a hardware token (row 1.3): what is printed on it, then two codes in a row. */
import type { SetUpFactor } from '../ask/answers.ts';
import { button, codeField, field, form, type Field } from '../dom/controls.ts';
import { element, paragraph } from '../dom/element.ts';
import type { SetUp, SetUpWay } from './set-up-way.ts';

const otherWay = ({ frame, chooseAgain }: SetUp): HTMLElement | undefined =>
  chooseAgain && element('div', { class: 'row' }, button(frame.words.otherWay, chooseAgain, { look: 'link' }));

/** Says at the first that is empty what is missing; true when nothing is. */
function areFilled(fields: readonly Field[], missing: string): boolean {
  for (const each of fields) each.complain('');
  const empty = fields.find((each) => each.value() === '');
  empty?.complain(missing);
  return empty === undefined;
}

function askCodes(setUp: SetUp, factor: SetUpFactor): void {
  const { frame } = setUp;
  const { token } = frame.words;
  const [first, second] = [codeField(token.first), codeField(token.next, { autocomplete: 'off' })];
  const confirm = async (): Promise<void> => {
    if (!areFilled([first, second], token.missing)) return;
    const confirmed = await setUp.confirm(factor.factorId, first.value(), second.value());
    if (confirmed?.status === 'active') setUp.finish(confirmed);
    else if (confirmed) {
      frame.tell(token.notAccepted, 'bad');
      for (const { input } of [first, second]) input.value = '';
      first.input.focus();
    }
  };
  const content = [paragraph(token.two(factor.hint ?? '')), form(token.confirm, confirm, first.box, second.box), otherWay(setUp)];
  frame.show({ title: token.title, content, focus: first.input });
}

function askNumber(setUp: SetUp): void {
  const { frame } = setUp;
  const { token, goOn } = frame.words;
  const number = field(token.number, { hint: token.numberHint, autocomplete: 'off', autocapitalize: 'characters', maxlength: 64 });
  const add = async (): Promise<void> => {
    if (!areFilled([number], token.numberMissing)) return;
    const factor = await setUp.add({ kind: 'token', credentialId: number.value() });
    if (factor) askCodes(setUp, factor);
  };
  frame.show({ title: token.title, content: [form(goOn, add, number.box), otherWay(setUp)], focus: number.input });
}

export const tokenSetUp: SetUpWay = {
  name: ({ token }) => token.name,
  what: ({ token }) => token.what,
  begin: askNumber,
};
