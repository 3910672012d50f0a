import { describe, expect, it } from 'vitest';
import { preferredLanguage } from '../../../web/words/languages.ts';

describe('preferredLanguage', () => {
  it.each([
    [['en-US', 'fr'], null, 'en'],
    [['fr-CA', 'en'], null, 'fr'],
    [['de-AT', 'es-419', 'en'], null, 'es'],
    [['pt-BR'], null, 'en'],
    [[], null, 'en'],
    [['en-US'], 'fr', 'fr'],
    [['es'], 'constructor', 'es'],
  ] as const)('of a browser that wants %j, with %j chosen, is %s', (wanted, chosen, language) => {
    expect(preferredLanguage(wanted, chosen)).toBe(language);
  });
});
