/** `/authenticator`: the app that a person installs, or keeps open, to be asked for sign-ins and to read codes. */
import { openFrame } from '../../frame/frame.ts';
import { currentLanguage, type WordLoaders } from '../../words/languages.ts';
import type { AuthenticatorWords } from '../../words/en/authenticator.ts';
import { openApp } from './app.ts';

const loaders: WordLoaders<{ words: AuthenticatorWords }> = {
  en: () => import('../../words/en/authenticator.ts'),
  es: () => import('../../words/es/authenticator.ts'),
  fr: () => import('../../words/fr/authenticator.ts'),
};

/** A pairing link leaves the address, and the history, before anything else happens. */
function takeLink(): string {
  const link = location.hash.slice(1);
  if (link !== '') history.replaceState(null, '', location.pathname);
  return link;
}

const link = takeLink();
const language = currentLanguage();
void loaders[language]().then(({ words }) => openApp(openFrame({ words, language }), link));
