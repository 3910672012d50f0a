import { describe, expect, it } from 'vitest';
import { readPhoneNumber, type PhoneNumberInput } from '../../../../shared/factors/phone-number.ts';
import { Problem } from '../../../../shared/platform/problems/problem.ts';

const usual = ['US', 'CA'];
const many = [...usual, 'GB', 'DE', 'JM', 'DO', 'PR', 'FR'];

function detailOf(input: PhoneNumberInput, countries: readonly string[] = usual): string {
  try {
    readPhoneNumber(input, countries);
    return 'accepted';
  } catch (error) {
    if (error instanceof Problem && error.problem === 'number-refused') return error.members.detail ?? '';
    throw error;
  }
}

const home = (phoneNumber: string, extension?: string): PhoneNumberInput => ({ country: 'US/CA', phoneNumber, ...(extension === undefined ? {} : { extension }) });
const abroad = (callingCode: string, phoneNumber: string, extension?: string): PhoneNumberInput => ({
  country: 'other', callingCode, phoneNumber, ...(extension === undefined ? {} : { extension }),
});

describe('readPhoneNumber (row 0.4)', () => {
  it.each<[string, PhoneNumberInput, string, string]>([
    ['an American number', home('202 555 0142'), '+12025550142', 'US'],
    ['with its punctuation', home('(202) 555-0142'), '+12025550142', 'US'],
    ['with the calling code typed all the same', home('+1 202 555 0142'), '+12025550142', 'US'],
    ['a Canadian number', home('613 555 0142'), '+16135550142', 'CA'],
    ['an E.164 string', '+12025550199', '+12025550199', 'US'],
    ['a British one', abroad('44', '20 7946 0123'), '+442079460123', 'GB'],
    ['with its trunk zero', abroad('44', '020 7946 0123'), '+442079460123', 'GB'],
    ['with a plus before the calling code', abroad('+49', '030 12345678'), '+493012345678', 'DE'],
    ['a Jamaican one, as "other" with 1', abroad('1', '876 922 0142'), '+18769220142', 'JM'],
  ])('reads %s', (_what, input, e164, country) => {
    expect(readPhoneNumber(input, many)).toEqual({ e164, country });
  });

  it.each(Array.from({ length: 5 }, (_, position) => `+1202555010${String(position)}`))('accepts %s, of the range that is kept for examples', (number) => {
    expect(readPhoneNumber(number, usual).e164).toBe(number);
  });

  it.each(['876 922 0142', '809 220 1111', '242 322 1234', '787 622 1234', '441 295 1234'])(
    'refuses %s under "US/CA", and says how to give it: the Caribbean only looks like home (A71)',
    (number) => {
      expect(detailOf(home(number), many)).toContain('"other" with calling code 1');
    },
  );

  it('refuses a country that the policy does not list', () => {
    expect(detailOf(abroad('44', '20 7946 0123'))).toContain('GB');
    expect(detailOf('+18769220142')).toContain('JM');
  });

  it.each([
    ['premium', '+19002345678'],
    ['British premium', '+449012345678'],
    ['personal', '+447012345678'],
    ['a pager', '+447640123456'],
    ['British shared cost', '+448431234567'],
  ])('refuses a number that costs more than a call (%s)', (_what, number) => {
    expect(detailOf(number, many)).toContain('cannot be used');
  });

  it.each(['+88213300655', '+870773111632', '+80012345678'])('refuses %s, which belongs to no country (D21)', (number) => {
    expect(detailOf(number, many)).not.toBe('accepted');
  });

  it.each<PhoneNumberInput>(['202 555 0142', '12025550142', '+1202555014', '+120255501422', '', '+', 'tel:+12025550142', '+1abcdefghij'])('refuses %j, which is no E.164', (number) => {
    expect(detailOf(number, many)).not.toBe('accepted');
  });

  it.each<[string, PhoneNumberInput]>([
    ['too short', home('555 0142')],
    ['an area code that there is not', home('123 555 0142')],
    ['no calling code', { country: 'other', phoneNumber: '20 7946 0123' }],
    ['a calling code that there is not', abroad('999', '12345678')],
  ])('refuses what is incomplete: %s', (_what, input) => {
    expect(detailOf(input, many)).not.toBe('accepted');
  });

  it('keeps an extension apart from the number', () => {
    expect(readPhoneNumber(home('202 555 0142', '4711'), usual)).toEqual({ e164: '+12025550142', country: 'US', extension: '4711' });
    expect(readPhoneNumber(home('202 555 0142 ext. 12'), usual)).toEqual({ e164: '+12025550142', country: 'US', extension: '12' });
  });

  it.each(['123456789', '12a', '#1', '1,2'])('refuses the extension %j: up to eight digits, and nothing that dials on', (extension) => {
    expect(detailOf(home('202 555 0142', extension))).toContain('1 to 8 digits');
  });

  it('takes no time over long nonsense (A106)', () => {
    const began = performance.now();

    for (const text of ['+'.repeat(10_000), `+1${'0'.repeat(10_000)}`, `+1 ${'( '.repeat(5000)}`, `+1202555${';ext=1'.repeat(1500)}`]) detailOf(text);

    expect(performance.now() - began).toBeLessThan(500);
  });
});
