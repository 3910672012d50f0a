import { describe, expect, it } from 'vitest';
import { checkFile } from '../../../web/sections/users/bulk-rows.ts';

const policy = { methods: ['totp', 'phone:call-pin', 'phone:sms-code'], countries: ['US', 'CA', 'GB'] };
const head = 'userId,email,country,callingCode,phoneNumber,extension,method';
const check = (...rows: string[]) => checkFile([head, ...rows].join('\n'), policy);

describe('a file of users to enable', () => {
  it('is read by the names of its columns, in any order and however they are written', () => {
    const { good, bad } = checkFile('Phone Number;USER_ID;shoe size\n202 555 0142;u-1;43', policy);

    expect(bad).toEqual([]);
    expect(good).toEqual([{ line: 2, userId: 'u-1', email: '', phone: { country: 'US/CA', phoneNumber: '2025550142' } }]);
  });

  it('says which columns are missing, and which are not known', () => {
    expect(checkFile('name,shoe size\nAda,43', policy)).toMatchObject({ missing: ['userId / email', 'phoneNumber'], unknown: ['name', 'shoe size'] });
    expect(checkFile('', policy).missing).toHaveLength(2);
  });

  it.each([
    ['u-1,,US/CA,,2025550142,,call-pin', { country: 'US/CA', phoneNumber: '2025550142', method: 'call-pin' }],
    ['u-1,,,,+1 202 555 0142,,', { country: 'US/CA', phoneNumber: '2025550142' }],
    ['u-1,,ca,1,2025550142,,PHONE:SMS-CODE', { country: 'US/CA', phoneNumber: '2025550142', method: 'sms-code' }],
    ['u-1,,,44,20 7946 0018,,', { country: 'other', callingCode: '44', phoneNumber: '2079460018' }],
    ['u-1,,other,+44,20 7946 0018,,', { country: 'other', callingCode: '44', phoneNumber: '2079460018' }],
    ['u-1,,US/CA,,2025550142,77,', { country: 'US/CA', phoneNumber: '2025550142', extension: '77', method: 'call-pin' }],
  ])('takes %j', (row, phone) => {
    expect(check(row)).toMatchObject({ good: [{ line: 2, phone }], bad: [] });
  });

  it.each([
    [',,US/CA,,2025550142,,', 'user'],
    [',nobody,US/CA,,2025550142,,', 'user'],
    ['u-1,,FR,,2025550142,,', 'country'],
    ['u-1,,US/CA,,555 0142,,', 'number'],
    ['u-1,,US/CA,,,,', 'number'],
    ['u-1,,other,,2079460018,,', 'callingCode'],
    ['u-1,,US/CA,,2025550142,123456789,', 'extension'],
    ['u-1,,US/CA,,2025550142,,call', 'method'],
    ['u-1,,US/CA,,2025550142,77,sms-code', 'methodExtension'],
    ['u-1,,US/CA,,2025550142,,,extra', 'cells'],
  ])('refuses %j for its %s, before anything is sent', (row, fault) => {
    expect(check(row)).toMatchObject({ good: [], bad: [{ line: 2, fault }] });
  });

  it('takes nobody twice, by ID or by address, and says where the first one was', () => {
    const row = (who: string): string => `${who},US/CA,,2025550142,,`;

    expect(check(row('u-1,a@example.com'), row('u-2,'), row('u-1,'), row(',A@example.com'))).toMatchObject({
      good: [{ line: 2 }, { line: 3 }],
      bad: [{ line: 4, fault: 'twice', twice: 2 }, { line: 5, fault: 'twice', twice: 2 }],
    });
  });
});
