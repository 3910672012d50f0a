/**
 * What a user is found by: the beginnings of the words of the name, of the address and of the id, however they are
 * written. What is typed is taken apart at its spaces, and every part must begin something.
 */
import type { Profile } from './profile.ts';

/** Each is a row: of a longer name the first ones and the last, which is mostly the family's. */
const mostWords = 4;
const longest = 100;

/** Letters that are one sign of their own to Unicode, and that nobody without the keyboard for them can type. */
const plain: Readonly<Record<string, string>> = { ø: 'o', đ: 'd', ł: 'l', æ: 'ae', œ: 'oe', ð: 'd', þ: 'th', ħ: 'h', ς: 'σ' };

/** Without case, width and accents. */
export function foldText(text: string): string {
  const bare = text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').normalize('NFKC');
  const small = bare.toUpperCase().toLowerCase().replace(/[øđłæœðþħς]/g, (letter) => plain[letter] ?? letter);
  return small.slice(0, longest).toWellFormed();
}

/** From the beginning of each word to the end of the name: `anne-marie o'brien`, `marie o'brien`, `o'brien`, `brien`. */
function wordsOf(name: string): string[] {
  const starts = [...name.matchAll(/(?<![\p{L}\p{N}\p{M}])[\p{L}\p{N}]/gu)].map(({ index }) => name.slice(index));
  return starts.length <= mostWords ? starts : [...starts.slice(0, mostWords - 1), ...starts.slice(-1)];
}

/** All that begins somewhere: at most six rows for a user. */
export function searchTexts({ userId, displayName, email }: Pick<Profile, 'userId' | 'displayName' | 'email'>): string[] {
  return [...new Set([...wordsOf(foldText(displayName)), foldText(email), foldText(userId)])].filter((text) => text !== '');
}

/** The longest first: it is the one that fewest will begin with. */
export function searchTerms(query: string): string[] {
  const terms = new Set(foldText(query).split(/\s+/).filter((term) => term !== ''));
  return [...terms].sort((a, b) => b.length - a.length).slice(0, mostWords);
}

/** A name of signs only has no words; then the user is found by address and id. */
export const matchesTerms = (texts: readonly string[], terms: readonly string[]): boolean =>
  terms.every((term) => texts.some((text) => text.startsWith(term)));

/** Of several rows of the same user that begin alike, the one that counts: so nobody is listed twice. */
export const isChosenText = (text: string, texts: readonly string[], term: string): boolean =>
  texts.find((each) => each.startsWith(term)) === text;
