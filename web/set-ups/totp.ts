/** Setting up an authenticator app (rows 2.2, 3.1): a picture to scan or a key to type, then the first code. */
import type { SetUpFactor } from '../ask/answers.ts';
import { button, codeField, form } from '../dom/controls.ts';
import { element, paragraph } from '../dom/element.ts';
import type { SetUpWords } from '../words/en/set-up.ts';
import type { SetUp, SetUpWay } from './set-up-way.ts';

/** In fours: that is how people copy a long key without losing their place. */
const spaced = (key: string): string => key.replaceAll(/(.{4})(?=.)/g, '$1 ');

function keyToType({ totp }: SetUpWords, { accountName = '', secret = '' }: SetUpFactor): HTMLElement {
  return element(
    'details',
    { class: 'field' },
    element('summary', {}, totp.cannotScan),
    paragraph(totp.account, { class: 'hint' }),
    element('span', { class: 'key' }, accountName),
    paragraph(totp.key, { class: 'hint' }),
    element('span', { class: 'key', 'data-secret': true }, spaced(secret)),
  );
}

/** A picture made by us, as data; from anywhere else the page's own rules would not let it in. */
function picture({ totp }: SetUpWords, qrCode: string): HTMLElement {
  return element('img', { class: 'qr', src: qrCode, alt: totp.picture, width: 208, height: 208 });
}

function showFactor(setUp: SetUp, factor: SetUpFactor): void {
  const { frame, chooseAgain } = setUp;
  const { words } = frame;
  const { totp } = words;
  const code = codeField(totp.code);
  const confirm = async (): Promise<void> => {
    code.complain(code.value() === '' ? totp.missing : '');
    if (code.value() === '') return;
    const confirmed = await setUp.confirm(factor.factorId, code.value());
    if (confirmed?.status === 'active') setUp.finish(confirmed);
    else if (confirmed) {
      frame.tell(totp.notAccepted, 'bad');
      code.input.value = '';
      code.input.focus();
    }
  };
  const other = chooseAgain && element('div', { class: 'row' }, button(words.otherWay, chooseAgain, { look: 'link' }));
  const first = element('li', {}, totp.open);
  const second = element('li', {}, totp.scan, picture(words, factor.qrCode ?? ''), keyToType(words, factor));
  const third = element('li', {}, totp.type, form(totp.confirm, confirm, code.box));
  frame.show({ title: totp.title, content: [element('ol', { class: 'steps' }, first, second, third), paragraph(totp.keep, { class: 'soft' }), other] });
}

export const totpSetUp: SetUpWay = {
  name: ({ totp }) => totp.name,
  what: ({ totp }) => totp.what,
  begin: async (setUp) => {
    const factor = await setUp.add({ kind: 'totp' });
    if (factor) showFactor(setUp, factor);
  },
};
