import { describe, expect, it } from 'vitest';
import { maskNumber } from '../../../../shared/factors/phone-hint.ts';
import { packNumber, unpackNumber } from '../../../../shared/factors/sealed-number.ts';

describe('maskNumber (A35)', () => {
  it.each([
    ['+12025550142', '+1 ••• ••• ••42'],
    ['+442079460123', '+44 ••• ••• ••23'],
    ['+353861234567', '+353 ••• ••• ••67'],
    ['+79161234567', '+7 ••• ••• ••67'],
  ])('shows of %s the calling code and two digits', (number, mask) => {
    expect(maskNumber(number)).toBe(mask);
  });

  it('is as long for every number, so that it tells nothing else', () => {
    expect(maskNumber('+4912345').length).toBe(maskNumber('+491234567890123').length);
  });
});

describe('packNumber', () => {
  it.each([{ e164: '+12025550142', country: 'US' }, { e164: '+442079460123', country: 'GB', extension: '0012' }])('brings %j back', (number) => {
    expect(unpackNumber(packNumber(number))).toEqual(number);
  });
});
