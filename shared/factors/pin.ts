/**
 * Which PINs may be chosen (NIST SP 800-63B-4 §3.2.10): 4 to 8 digits, not one of those that people choose most. The
 * common ones are patterns, so the list is made of patterns: runs, repeats, dates, keypad columns and the like.
 */
import { Problem } from '../platform/problems/problem.ts';

const runs = ['01234567890123456789', '98765432109876543210'];
/** Straight lines, corners and crosses on the keypad, and words keyed as letters. */
const keypadShapes = [
  '2580', '0852', '1470', '0741', '3690', '0963', '1478', '1236', '3698', '7896', '1397', '9713', '7931', '1379', '2468', '8642', '1357', '7531',
  '7410', '8520', '9630', '2589', '123321', '123654', '456654', '147896', '789456', '11223344', '159753', '753951', '147258', '258369', '147369', '369147', '147852', '258963', '147258369', '14789632', '15937', '1598753', '24862', '5683', '5254', '3825',
  '1004', '5150', '6969', '8675309', '8675', '2112', '4321', '1123', '1223', '1233', '1122', '2211', '1221', '1212', '2000', '1010', '4200', '0420', '0007', '31415', '314159', '3141592', '31415926', '271828',
];

const isRepeated = (pin: string): boolean =>
  [1, 2, 3, 4].some((length) => pin.length % length === 0 && pin.length > length && pin === pin.slice(0, length).repeat(pin.length / length));

const isPalindromeOfPairs = (pin: string): boolean => pin.length === 4 && pin[0] === pin[1] && pin[2] === pin[3];

const isYear = (pin: string): boolean => /^(19[3-9]\d|20[0-4]\d)$/.test(pin);

/** Birthdays: with the year in two digits, in four, or without it. */
function isDate(pin: string): boolean {
  const day = '(0[1-9]|[12]\\d|3[01])';
  const month = '(0[1-9]|1[0-2])';
  const year = { 4: '', 6: '\\d\\d', 8: '(19|20)\\d\\d' }[pin.length];
  if (year === undefined) return false;
  return [`${day}${month}${year}`, `${month}${day}${year}`, `${year}${month}${day}`].some((form) => new RegExp(`^${form}$`).test(pin));
}

export function isCommonPin(pin: string): boolean {
  if (isRepeated(pin) || isPalindromeOfPairs(pin) || isYear(pin) || isDate(pin)) return true;
  return runs.some((run) => run.includes(pin)) || keypadShapes.includes(pin);
}

/** `personal` are digits that anyone can find out about the person: parts of their numbers. */
export function checkPin(pin: string, minimumLength: number, personal: readonly string[]): void {
  const least = Math.max(4, minimumLength);
  if (!/^\d{4,8}$/.test(pin) || pin.length < least) throw new Problem('pin-refused', { detail: `A PIN has ${least} to 8 digits.` });
  if (isCommonPin(pin)) throw new Problem('pin-refused', { detail: 'This PIN is one of the first that anyone would try.' });
  if (personal.some((digits) => digits.includes(pin))) throw new Problem('pin-refused', { detail: 'A PIN must not be part of the phone number.' });
}
