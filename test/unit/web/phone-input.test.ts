import { describe, expect, it } from 'vitest';
import { partsOf, readPhone, type TypedPhone } from '../../../web/sections/users/phone-input.ts';

const home: TypedPhone = { country: 'US/CA', callingCode: '', area: '202', exchange: '555', subscriber: '0142', number: '', extension: '' };
const abroad: TypedPhone = { ...home, country: 'other', callingCode: '44', number: '20 7946 0018' };

describe('a number in the United States or Canada', () => {
  it('is made of area, exchange and subscriber; its calling code is known', () => {
    expect(readPhone(home)).toEqual({ phone: { country: 'US/CA', phoneNumber: '2025550142' } });
    expect(readPhone({ ...home, area: '(202)', subscriber: ' 0142', extension: '12-34' })).toEqual({ phone: { country: 'US/CA', phoneNumber: '2025550142', extension: '1234' } });
  });

  it.each([
    [{ area: '' }, 'area'],
    [{ area: '102' }, 'area'],
    [{ area: '911' }, 'area'],
    [{ area: '20' }, 'area'],
    [{ exchange: '055' }, 'exchange'],
    [{ exchange: '5555' }, 'exchange'],
    [{ subscriber: '142' }, 'subscriber'],
    [{ subscriber: '01a2' }, 'subscriber'],
    [{ extension: '123456789' }, 'extension'],
    [{ extension: 'x12' }, 'extension'],
    [{ area: '1', subscriber: '1' }, 'area'],
  ])('with %j is wrong at its %s', (changes, fault) => {
    expect(readPhone({ ...home, ...changes })).toEqual({ fault });
  });
});

describe('a number of another country', () => {
  it.each(['44', '+44', '0044', ' 44 '])('takes the calling code %j', (callingCode) => {
    expect(readPhone({ ...abroad, callingCode })).toEqual({ phone: { country: 'other', callingCode: '44', phoneNumber: '2079460018' } });
  });

  it('takes 1 as well, for those who share it with the United States', () => {
    expect(readPhone({ ...abroad, callingCode: '1', number: '876 555 0142' })).toEqual({ phone: { country: 'other', callingCode: '1', phoneNumber: '8765550142' } });
  });

  it.each([
    [{ callingCode: '' }, 'callingCode'],
    [{ callingCode: '0' }, 'callingCode'],
    [{ callingCode: '4444' }, 'callingCode'],
    [{ number: '' }, 'number'],
    [{ number: '+44 20 7946 0018' }, 'number'],
    [{ number: '123456789012345' }, 'number'],
    [{ extension: '1'.repeat(9) }, 'extension'],
  ])('with %j is wrong at its %s', (changes, fault) => {
    expect(readPhone({ ...abroad, ...changes })).toEqual({ fault });
  });
});

describe('a whole number that was pasted', () => {
  it.each(['2025550142', '202-555-0142', '(202) 555 0142', '+1 202 555 0142', '12025550142'])('%j falls into its three parts', (text) => {
    expect(partsOf(text)).toEqual(['202', '555', '0142']);
  });

  it.each(['', '555 0142', '+44 20 7946 0018', 'call me'])('%j stays as it is', (text) => {
    expect(partsOf(text)).toBeUndefined();
  });
});
