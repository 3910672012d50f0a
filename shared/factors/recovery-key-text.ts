/**
 * How a recovery key is written (D13): 26 characters of Crockford's base 32, 130 bits, and a check character over them,
 * grouped for reading. Typed with O for 0, or I and L for 1, in any case and with any spaces, it is the same key.
 */
import type { Random } from '../platform/random.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Crockford's five more for the check character, modulo 37. */
const checkAlphabet = `${alphabet}*~$=U`;
const length = 26;
const group = 5;

function checkOf(characters: string): string {
  let rest = 0;
  for (const character of characters) rest = (rest * 32 + alphabet.indexOf(character)) % 37;
  return checkAlphabet[rest] ?? '';
}

export function writeRecoveryKey(random: Random): string {
  const characters = Array.from({ length }, () => alphabet[random.integer(32)]).join('');
  const whole = characters + checkOf(characters);
  return (whole.match(new RegExp(`.{1,${String(group)}}`, 'g')) ?? []).join('-');
}

/** The 26 characters that were meant; undefined for what is no key, by its length, its letters or its check character. */
export function readRecoveryKey(typed: string): string | undefined {
  const plain = typed.normalize('NFKC').toUpperCase().replace(/[\s\u2010-\u2015-]/g, '');
  const characters = plain.slice(0, length).replaceAll('O', '0').replace(/[IL]/g, '1');
  const check = plain.slice(length);
  const isWhole = /^[0-9A-HJKMNP-TV-Z]{26}$/.test(characters);
  return isWhole && check === checkOf(characters) ? characters : undefined;
}
