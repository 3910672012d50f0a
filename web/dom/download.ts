/** A file of the browser's own making: what is in it goes nowhere else. */
import { element } from './element.ts';

/** Browsers begin to save it after this turn. */
const kept = 60_000;

export function download(name: string, text: string, type = 'text/csv'): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  element('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), kept);
}

/** A name of a file, of words that may hold anything. */
export const fileName = (words: readonly string[], ending: string): string => `${words.join(' ').replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '')}.${ending}`;
