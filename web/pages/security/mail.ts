/** The mail address: verified or not, and codes by mail, on and off (rows 4.1, 4.3). */
import { button } from '../../dom/controls.ts';
import { element, paragraph, type Content } from '../../dom/element.ts';
import { askMailedCode } from '../../proofs/ask-mailed-code.ts';
import { mailCodeSetUp } from '../../set-ups/mail-code.ts';
import { setUpOf } from './add.ts';
import { askRemoval } from './remove.ts';
import { section } from './pieces.ts';
import type { Settings } from './settings.ts';

async function verify(settings: Settings): Promise<void> {
  const { frame, account } = settings;
  const isVerified = await settings.attempt(() =>
    askMailedCode(frame, {
      send: () => account.mailCode('verify'),
      answer: async (code) => {
        const { emailVerified, reason } = await account.answerMail(code);
        if (reason === undefined && emailVerified) return { given: true };
        return reason === 'wrong-answer' ? 'wrong' : 'over';
      },
      explain: settings.explain,
    }),
  );
  if (isVerified) await settings.home(frame.words.security.wasVerified);
}

function codes(settings: Settings): Content[] {
  const { security } = settings.frame.words;
  const { user, options } = settings.seen;
  const factor = user.factors.find(({ kind, status }) => kind === 'email' && status !== 'proving');
  if (factor) {
    const off = button(security.turnCodesOff, () => askRemoval(settings, factor, { title: security.codesOffTitle, text: security.codesOffText, doName: security.turnCodesOff, told: security.codesAreOff }));
    return [paragraph(security.codesOn), element('div', { class: 'row' }, off)];
  }
  if (!options.methods.includes('email')) return [];
  if (!user.emailVerified) return [paragraph(security.codesVerifyFirst, { class: 'soft' })];
  const on = button(security.turnCodesOn, () => mailCodeSetUp.begin(setUpOf(settings)));
  return [paragraph(security.codesOff), element('div', { class: 'row' }, on)];
}

export function mailSection(settings: Settings): HTMLElement {
  const { security } = settings.frame.words;
  const { email, emailVerified, emailProblem } = settings.seen.user;
  const state = element('span', { class: emailVerified ? 'state good' : 'state' }, emailVerified ? security.verified : security.notVerified);
  return section(
    security.mail,
    element('p', {}, security.mailIs(email), ' ', state),
    emailProblem === undefined ? undefined : paragraph(security.whyProblem, { class: 'told bad' }),
    emailVerified || emailProblem !== undefined ? undefined : element('div', { class: 'row' }, button(security.verify, () => verify(settings))),
    ...codes(settings),
  );
}
