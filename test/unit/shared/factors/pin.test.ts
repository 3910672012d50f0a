import { describe, expect, it } from 'vitest';
import { checkPin, isCommonPin } from '../../../../shared/factors/pin.ts';
import { Problem } from '../../../../shared/platform/problems/problem.ts';

function refusalOf(pin: string, minimumLength = 4, personal: readonly string[] = []): string {
  try {
    checkPin(pin, minimumLength, personal);
    return '';
  } catch (error) {
    return error instanceof Problem && error.problem === 'pin-refused' ? (error.members.detail ?? '') : 'another error';
  }
}

const allOf = (length: number): string[] => Array.from({ length: 10 ** length }, (_, number) => String(number).padStart(length, '0'));

describe('checkPin (D11)', () => {
  it.each(['482913', '5927', '91827364'])('accepts %s', (pin) => {
    expect(refusalOf(pin)).toBe('');
  });

  it.each(['123', '123456789', '12 34', '12a4', '', '-123', '１２３４'])('refuses %j: 4 to 8 digits', (pin) => {
    expect(refusalOf(pin)).toContain('4 to 8 digits');
  });

  it('asks for as many digits as the policy does, and never fewer than four', () => {
    expect(refusalOf('59271', 6)).toContain('6 to 8 digits');
    expect(refusalOf('592', 1)).toContain('4 to 8 digits');
  });

  it.each([
    '1234', '1111', '0000', '1212', '7777', '1004', '2000', '4444', '2222', '6969', '9999', '3333', '5555', '6666', '1122', '1313', '8888', '4321', '2001', '1010',
    '123456', '654321', '111111', '123123', '112233', '159753', '121212', '147258', '123321', '666666', '12345678', '87654321', '11223344',
    '1225', '2512', '0704', '1984', '150684', '19840615', '15061984', '2580', '147896',
  ])('refuses %s, one of those that people choose', (pin) => {
    expect(refusalOf(pin)).toContain('first that anyone would try');
  });

  it('knows more than a thousand, and leaves most to choose from', () => {
    const every37th = allOf(6).filter((_pin, position) => position % 37 === 0);
    const refused = { four: allOf(4).filter(isCommonPin).length, six: 37 * every37th.filter(isCommonPin).length };

    expect(refused.four).toBeGreaterThan(900);
    expect(refused.four).toBeLessThan(1100);
    expect(refused.six).toBeGreaterThan(1000);
    expect(refused.six).toBeLessThan(100_000);
  });

  it('refuses what is part of the person’s numbers', () => {
    const personal = ['+12025550142 4711', '+12025550143 '];

    for (const pin of ['0142', '5550', '202555', '4711', '20255501']) expect(refusalOf(pin, 4, personal)).not.toBe('');
    expect(refusalOf('0145', 4, personal)).toBe('');
  });
});
