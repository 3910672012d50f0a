/** What a push says on a locked screen, by the language of the person: that somebody waits, and nothing else. */
import { languageOf } from './language.ts';
import type { Language } from './words.ts';

const pushTexts: Readonly<Record<Language, string>> = {
  en: 'Is that you, signing in?',
  es: '¿Es usted quien está iniciando sesión?',
  fr: 'Est-ce vous qui vous connectez ?',
};

export const pushText = (locale: string | undefined): string => pushTexts[languageOf(locale)];
