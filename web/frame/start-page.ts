/** How every page begins: trade the token of the address for a session, or go on with this tab's, and only then draw. */
import type { Welcome } from '../ask/answers.ts';
import { ask, forgetSession, hasSession, Refusal, rememberSession } from '../ask/ask.ts';
import { button } from '../dom/controls.ts';
import { paragraph } from '../dom/element.ts';
import type { FrameWords } from '../words/en/frame.ts';
import { currentLanguage, type WordLoaders } from '../words/languages.ts';
import { openFrame, type Frame } from './frame.ts';

/** A page of several places has them in the same part of its address; they begin with a stroke, which no token does. */
const tokenInAddress = (): string => (location.hash.startsWith('#/') ? '' : location.hash.slice(1));

/** The token leaves the address, and the history, before anything else happens. */
function takeToken(): string {
  const token = tokenInAddress();
  if (token !== '') history.replaceState(null, '', location.pathname);
  return token;
}

export async function openSession(token: string): Promise<Welcome> {
  if (token === '') {
    if (!hasSession()) throw new Refusal('page-session-over');
    return ask<Welcome>('GET', '/page/session');
  }
  forgetSession();
  const { session, ...welcome } = await ask<Welcome & { session: string }>('POST', '/page/session', { token });
  rememberSession(session);
  return welcome;
}

/** What can be tried again with the same token: nothing was answered, or not by us. */
export const mayPass = (error: unknown): boolean => error instanceof Refusal && ['offline', 'unknown', 'unavailable', 'internal-error'].includes(error.problem);

export function showTryAgain(frame: Frame, again: () => unknown): void {
  const { words } = frame;
  frame.show({ title: words.offlineTitle, content: [paragraph(words.offlineText), button(words.again, again, { look: 'main' })] });
}

function showUnopened(frame: Frame, error: unknown, again: () => unknown): void {
  if (mayPass(error)) showTryAgain(frame, again);
  else showOver(frame);
}

/** For a session that ended while the page was open. */
export function isSessionOver(error: unknown): boolean {
  return error instanceof Refusal && error.problem === 'page-session-over';
}

export function showOver(frame: Frame): void {
  frame.show({ title: frame.words.overTitle, content: [paragraph(frame.words.overText)] });
}

/** `draw` gets the frame once there is a session; without one the page says what to do. */
export async function startPage<Words extends FrameWords>(loaders: WordLoaders<{ words: Words }>, draw: (frame: Frame<Words>) => unknown, token = takeToken()): Promise<void> {
  // Another address of this page, opened in the same tab, differs in its fragment alone: browsers would not load it again.
  addEventListener('hashchange', () => {
    if (tokenInAddress() !== '') location.reload();
  });
  const language = currentLanguage();
  const opening = openSession(token).then((welcome) => ({ welcome }), (error: unknown) => ({ error }));
  const [{ words }, opened] = await Promise.all([loaders[language](), opening]);
  if ('error' in opened) showUnopened(openFrame({ words, language }), opened.error, () => startPage(loaders, draw, token));
  else await draw(openFrame({ words, language, welcome: opened.welcome }));
}
