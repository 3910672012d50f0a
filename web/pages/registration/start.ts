/**
 * The beginning of a registration. The link is spent when the person presses Start, and not before: whatever opens links in mails, and runs
 * what it finds there, presses nothing.
 */
import type { Welcome } from '../../ask/answers.ts';
import { ask, hasSession, Refusal } from '../../ask/ask.ts';
import { button } from '../../dom/controls.ts';
import { element, paragraph } from '../../dom/element.ts';
import { openFrame, type Frame } from '../../frame/frame.ts';
import { mayPass, openSession, showTryAgain } from '../../frame/start-page.ts';
import type { RegistrationWords } from '../../words/en/registration.ts';
import { currentLanguage, type Language, type WordLoaders } from '../../words/languages.ts';
import { drawRegistration, showDead } from './steps.ts';

interface Held {
  readonly invitation?: string;
}

/** Out of the address at once; kept for a reload, in this tab's own history, until the link is spent. */
function takeToken(): string {
  const token = location.hash.slice(1);
  if (token !== '') history.replaceState({ invitation: token } satisfies Held, '', location.pathname);
  return (history.state as Held | null)?.invitation ?? '';
}

/** Begun in this tab already: the same link again goes on there. */
async function resume(): Promise<Welcome> {
  const welcome = hasSession() ? await ask<Welcome>('GET', '/page/session') : undefined;
  if (welcome?.page !== 'registration') throw new Refusal('invitation-over');
  return welcome;
}

interface Opened {
  readonly welcome: Welcome;
  readonly isBegun: boolean;
}

async function open(token: string): Promise<Opened> {
  if (token === '') return { welcome: await resume(), isBegun: true };
  try {
    return { welcome: await ask<Welcome>('POST', '/page/registration/look', { token }), isBegun: false };
  } catch (error) {
    if (mayPass(error)) throw error;
    return { welcome: await resume(), isBegun: true };
  }
}

function showStart(frame: Frame<RegistrationWords>, begin: () => Promise<void>): void {
  const { words, welcome } = frame;
  const { registration } = words;
  const { name } = welcome.organization;
  const press = async (): Promise<void> => {
    frame.tell('');
    try {
      await begin();
    } catch (error) {
      if (mayPass(error)) frame.tellProblem(error);
      else showDead(frame);
    }
  };
  const needs = element('ul', {}, element('li', {}, registration.needPassword(name)), element('li', {}, registration.needDevice));
  const start = element('div', { class: 'row' }, button(registration.start, press, { look: 'main' }));
  const content = [paragraph(registration.startText(name)), element('h2', {}, registration.needTitle), needs, paragraph(registration.startNote, { class: 'soft' }), start];
  frame.show({ title: registration.startTitle(name), content });
}

async function draw(words: RegistrationWords, language: Language, token: string, { welcome, isBegun }: Opened): Promise<void> {
  const frame = openFrame({ words, language, welcome });
  if (isBegun) await drawRegistration(frame);
  else {
    showStart(frame, async () => {
      const opened = await openSession(token);
      history.replaceState(null, '');
      await drawRegistration(openFrame({ words, language, welcome: opened }));
    });
  }
}

export async function startRegistration(loaders: WordLoaders<{ words: RegistrationWords }>): Promise<void> {
  addEventListener('hashchange', () => location.reload(), { once: true });
  const token = takeToken();
  const language = currentLanguage();
  const opening = open(token).then((opened) => ({ opened }), (error: unknown) => ({ error }));
  const [{ words }, found] = await Promise.all([loaders[language](), opening]);
  if ('opened' in found) await draw(words, language, token, found.opened);
  else if (mayPass(found.error)) showTryAgain(openFrame({ words, language }), () => startRegistration(loaders));
  else showDead(openFrame({ words, language }));
}
