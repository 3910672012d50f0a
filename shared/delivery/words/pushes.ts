/** What a push says on a locked screen, by the language of the person: that somebody waits, and nothing else. */
const pushTexts: Readonly<Record<string, string>> = {
  en: 'Is that you, signing in?',
  es: '¿Es usted quien está iniciando sesión?',
  fr: 'Est-ce vous qui vous connectez ?',
};

/** Of a locale such as `fr-CA`, the language; English for any other. */
export const pushText = (locale: string | undefined): string => pushTexts[locale?.split('-')[0]?.toLowerCase() ?? 'en'] ?? 'Is that you, signing in?';
