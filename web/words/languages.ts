/** The languages that pages speak, and which one a person gets: their own choice here, else the browser's, else English. */
export const languages = { en: 'English', es: 'Español', fr: 'Français' } as const;
export type Language = keyof typeof languages;

const chosenName = 'countersign-language';

const isLanguage = (name: string): name is Language => Object.hasOwn(languages, name);

export function chooseLanguage(language: Language): void {
  localStorage.setItem(chosenName, language);
}

/** `fr-CA` is French. */
export function preferredLanguage(wanted: readonly string[], chosen: string | null): Language {
  const names = [...(chosen === null ? [] : [chosen]), ...wanted.map((name) => name.split('-')[0]?.toLowerCase() ?? '')];
  return names.find(isLanguage) ?? 'en';
}

export const currentLanguage = (): Language => preferredLanguage(navigator.languages, localStorage.getItem(chosenName));

/** One loader for each language: a page loads one of them, and its words are of the type of the English ones. */
export type WordLoaders<Words> = { readonly [Name in Language]: () => Promise<Words> };
