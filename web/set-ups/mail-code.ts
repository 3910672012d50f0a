/** Setting up codes by mail (row 4.1): one goes to the address that the portal knows, and is typed here. */
import type { SetUpFactor } from '../ask/answers.ts';
import { button, codeField, form } from '../dom/controls.ts';
import { element, paragraph } from '../dom/element.ts';
import type { SetUp, SetUpWay } from './set-up-way.ts';

function show(setUp: SetUp, factor: SetUpFactor): void {
  const { frame, chooseAgain } = setUp;
  const { mails } = frame.words.ways;
  const code = codeField(mails.code);
  const say = ({ progress }: SetUpFactor): void => frame.tell(mails.states[progress?.state ?? ''] ?? '');
  const confirm = async (): Promise<void> => {
    code.complain(code.value() === '' ? mails.codeMissing : '');
    if (code.value() === '') return;
    const confirmed = await setUp.confirm(factor.factorId, code.value());
    if (confirmed?.status === 'active') setUp.finish(confirmed);
    else if (confirmed) {
      frame.tell(mails.notAccepted, 'bad');
      code.input.value = '';
      code.input.focus();
    }
  };
  const again = button(mails.again, async () => {
    const sent = await setUp.send(factor.factorId);
    if (sent) say(sent);
  });
  const other = chooseAgain && button(frame.words.otherWay, chooseAgain, { look: 'link' });
  const content = [paragraph(mails.mailing(factor.hint ?? '')), form(mails.confirm, confirm, code.box)];
  frame.show({ title: mails.title, content: [...content, element('div', { class: 'row' }, again, other)] });
  say(factor);
}

export const mailCodeSetUp: SetUpWay = {
  name: ({ ways }) => ways.mail(''),
  what: ({ ways }) => ways.mailWhat,
  begin: async (setUp) => {
    const factor = await setUp.add({ kind: 'email' });
    if (factor) show(setUp, factor);
  },
};
