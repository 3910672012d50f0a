import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { email } from '../../../../../shared/factors/kinds/email.ts';
import { hashAddress, hintOfAddress, maskHint } from '../../../../../shared/factors/mail-address.ts';
import { codeMac, makeCode } from '../../../../../shared/factors/sent-code.ts';
import type { EmailFactor } from '../../../../../shared/user-state/factor.ts';
import type { Challenge, UserState } from '../../../../../shared/user-state/user-state.ts';
import { defaultRules } from '../../../../../shared/policy/policy.ts';
import { seededRandom } from '../../../../support/seeded-random.ts';
import { testKeyRing } from '../../../../support/stage.ts';

const keys = testKeyRing();
const policy = { ...defaultRules, version: 1 };
const ada = { organizationId: 'acme', userId: 'u-1' };
const state = ada as UserState;
const id = new Uint8Array(8).fill(1);
const factor: EmailFactor = { id, kind: 'email', status: 'active', createdAt: 0, address: hashAddress(keys, ada, 'ada@example.com'), hint: 'a@example.com' };
const challenge = { id: new Uint8Array(16).fill(2), status: 'pending' } as Challenge;
const userKey = (): never => {
  throw new Error('no key is needed');
};

const verdict = (code: string, answer: string, digits = 6, send = 1) => {
  const sending = { factorId: id, send, codeMac: codeMac(keys, challenge.id, id, send, code) };
  expect(code).toHaveLength(digits);
  return email.verify(factor, { answer, now: 0, state, challenge, sending, keys, policy, userKey }).is;
};

describe('a code by mail', () => {
  it('is right as it was sent, however it is spaced, and nothing else is', () => {
    const random = seededRandom();
    fc.assert(
      fc.property(fc.constantFrom(6, 8), fc.string({ unit: fc.constantFrom(...'0123456789 -a'), maxLength: 12 }), (digits, typed) => {
        const code = makeCode(random, digits);
        expect(verdict(code, ` ${code.slice(0, 3)}-${code.slice(3)} `, digits)).toBe('right');
        expect(verdict(code, typed, digits)).toBe(typed.replace(/[ -]/g, '') === code ? 'right' : 'wrong');
      }),
    );
  });

  it('was not asked for where nothing was sent', () => {
    expect(email.verify(factor, { answer: '123456', now: 0, state, challenge, sending: undefined, keys, policy, userKey })).toEqual({ is: 'unasked' });
  });
});

describe('the factor', () => {
  it('is ready unless no mail reaches it, and has its address to prove while it is new', () => {
    expect(email.isReady(factor)).toBe(true);
    expect(email.isReady({ ...factor, unreachable: 'moved' })).toBe(false);
    expect(email.isReady({ ...factor, unreachable: 'problem' })).toBe(false);
    expect([email.unproved?.(factor), email.unproved?.({ ...factor, status: 'proving' })]).toEqual([undefined, 'address']);
  });

  it('shows its first letter and where it is, and no more (A35)', () => {
    expect(email.view?.(factor, { state, userKey })).toEqual({ hint: 'a•••@example.com' });
    expect(email.view?.({ ...factor, unreachable: 'moved' }, { state, userKey })).toMatchObject({ unreachable: 'moved' });
  });
});

describe('an address as a factor keeps it', () => {
  it('is a hash bound to the user, and the same in any case', () => {
    const hash = hashAddress(keys, ada, 'ada@example.com');

    expect(hash).toHaveLength(16);
    expect(hashAddress(keys, ada, 'Ada@Example.com')).toEqual(hash);
    expect(hashAddress(keys, { ...ada, userId: 'u-2' }, 'ada@example.com')).not.toEqual(hash);
    expect(hashAddress(keys, { ...ada, organizationId: 'other' }, 'ada@example.com')).not.toEqual(hash);
    expect(hashAddress(keys, ada, 'ada@example.org')).not.toEqual(hash);
  });

  it.each([
    ['ada@example.com', 'a•••@example.com'],
    ['😀da@example.com', '😀•••@example.com'],
    [`a@${'long.'.repeat(20)}example.com`, 'a•••@…ng.long.long.example.com'],
  ])('%s is shown as %s', (address, shown) => {
    expect(maskHint(hintOfAddress(address))).toBe(shown);
  });

  it('takes little room, whatever the address', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        expect(Buffer.byteLength(hintOfAddress(address))).toBeLessThanOrEqual(32);
      }),
    );
  });
});
