/** Which language a person is spoken and written to in, by the locale of their profile. */
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { languages, type Language, type Words } from './words.ts';

const words: Readonly<Record<Language, Words>> = { en, es, fr };

/** `es-MX` falls to `es`; a language that we do not speak, and no locale at all, to English. */
export function languageOf(locale: string | undefined): Language {
  const [primary = ''] = (locale ?? '').toLowerCase().split('-', 1);
  return languages.find((language) => language === primary) ?? 'en';
}

export const wordsIn = (language: Language): Words => words[language];
