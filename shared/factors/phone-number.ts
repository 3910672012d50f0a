/**
 * Phone numbers as people give them (row 0.4): "US/CA" with the calling code assumed, "other" with one, or E.164.
 * What comes out is E.164 and an extension, of a kind and a country that the policy lets us call.
 */
import parsePhoneNumber, { type PhoneNumber } from 'libphonenumber-js/max';
import { Problem } from '../platform/problems/problem.ts';
import type { UnpackedNumber } from './sealed-number.ts';

export type PhoneNumberInput =
  | string
  | { readonly country: 'US/CA' | 'other'; readonly callingCode?: string | undefined; readonly phoneNumber: string; readonly extension?: string | undefined };

export interface NumbersInput {
  readonly primary?: PhoneNumberInput | undefined;
  readonly secondary?: PhoneNumberInput | undefined;
}

/** Numbers that cost the caller more than a call: what toll fraud is made of (D21). */
const refusedTypes = new Set<string | undefined>(['PREMIUM_RATE', 'SHARED_COST', 'PERSONAL_NUMBER', 'PAGER', 'UAN', 'VOICEMAIL']);

const refuse = (detail: string): Problem => new Problem('number-refused', { detail });

function parseInput(input: PhoneNumberInput): PhoneNumber | undefined {
  if (typeof input === 'string') return input.startsWith('+') ? parsePhoneNumber(input) : undefined;
  if (input.country === 'US/CA') return parsePhoneNumber(input.phoneNumber, 'US');
  if (!input.callingCode) throw refuse('A calling code is needed for a country other than the United States and Canada.');
  const code = input.callingCode.replace(/^\+/, '');
  return parsePhoneNumber(`+${code}${input.phoneNumber.replace(/[^\d]/g, '')}`);
}

function readExtension(input: PhoneNumberInput, parsed: PhoneNumber): string | undefined {
  const extension = (typeof input === 'string' ? undefined : input.extension) ?? parsed.ext;
  if (!extension) return undefined;
  if (!/^\d{1,8}$/.test(extension)) throw refuse('An extension has 1 to 8 digits.');
  return extension;
}

/** Whether texts reach it, as far as its range tells: not a line in a wall. */
export function canBeTexted(e164: string): boolean {
  return parsePhoneNumber(e164)?.getType() !== 'FIXED_LINE';
}

export function readPhoneNumber(input: PhoneNumberInput, countries: readonly string[]): UnpackedNumber {
  const parsed = parseInput(input);
  if (!parsed?.isValid()) throw refuse('This is not a complete phone number. Give an E.164 string, or country and number.');
  const { country } = parsed;
  if (!country) throw refuse('Numbers that belong to no country cannot be called.');
  if (typeof input !== 'string' && input.country === 'US/CA' && country !== 'US' && country !== 'CA') {
    throw refuse('This number is outside the United States and Canada: give it as "other" with calling code 1.');
  }
  if (refusedTypes.has(parsed.getType())) throw refuse('Premium, shared-cost, personal and pager numbers cannot be used.');
  if (!countries.includes(country)) throw refuse(`The policy does not allow numbers in ${country}.`);
  const extension = readExtension(input, parsed);
  return { e164: parsed.number, country, ...(extension === undefined ? {} : { extension }) };
}
