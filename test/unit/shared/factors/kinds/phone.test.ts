import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeMac } from '../../../../../shared/factors/sent-code.ts';
import { hashPin, phone } from '../../../../../shared/factors/kinds/phone.ts';
import { defaultRules } from '../../../../../shared/policy/policy.ts';
import type { PhoneMethod } from '../../../../../shared/user-state/methods.ts';
import type { PhoneFactor } from '../../../../../shared/user-state/factor.ts';
import type { Challenge, UserState } from '../../../../../shared/user-state/user-state.ts';
import { testKeyRing } from '../../../../support/stage.ts';

const keys = testKeyRing();
const id = new Uint8Array(8).fill(4);
const state = { organizationId: 'acme', userId: 'u-1' } as UserState;
const factorOf = (method: PhoneMethod): PhoneFactor => ({
  id, kind: 'phone', status: 'active', createdAt: 0, method, pin: hashPin(keys, state, id, '482913'), numbers: [],
});

const verify = (method: PhoneMethod, answer: string, show?: string) => {
  const challenge = { sending: { factorId: id, send: 1, ...(show ? { show } : {}) } } as unknown as Challenge;
  return phone.verify(factorOf(method), { answer, now: 0, state, challenge, sending: challenge.sending, keys, policy: { ...defaultRules, version: 1 }, userKey: () => keys.index });
};

describe('what is keyed on a telephone', () => {
  it.each<[PhoneMethod, string, string]>([
    ['call', '#', 'right'], ['call', '1', 'nothing'], ['call', '*', 'nothing'], ['call', '482913', 'nothing'],
    ['call-pin', '482913', 'right'], ['call-pin', '482914', 'wrong'], ['call-pin', '48291', 'wrong'], ['call-pin', '4829130', 'wrong'],
    ['call-pin', '#', 'wrong'], ['call-pin', '123456789012', 'wrong'], ['call-pin', '48 29 13', 'wrong'],
    ['call-match', '42', 'right'], ['call-match', '24', 'wrong'], ['call-match', '4', 'wrong'], ['call-match', '042', 'wrong'],
  ])('%s: %j is %s', (method, answer, verdict) => {
    expect(verify(method, answer, '42').is).toBe(verdict);
  });

  it.each<PhoneMethod>(['call', 'call-pin', 'call-match'])('%s: silence is asked again, 9 and 0 report fraud', (method) => {
    expect(['', 'Timeout', '9', '0'].map((answer) => verify(method, answer, '42').is)).toEqual(['nothing', 'nothing', 'fraud', 'fraud']);
  });

  it('is never right where no number is shown', () => {
    expect(verify('call-match', '42').is).toBe('wrong');
    expect(verify('call-match', 'undefined').is).toBe('wrong');
  });

  it('tells a wrong PIN from other wrong answers', () => {
    expect([verify('call-pin', '111222'), verify('call-match', '24', '42')]).toEqual([{ is: 'wrong', wrongPin: true }, { is: 'wrong' }]);
  });
});

describe('what is answered by text', () => {
  const challengeId = new Uint8Array(16).fill(9);
  const codeMacOf = (code: string) => codeMac(keys, challengeId, id, 1, code);
  const reply = (method: PhoneMethod, answer: string, kept: { show?: string; codeMac?: Uint8Array } = { show: '42', codeMac: codeMacOf('048291') }) => {
    const sending = { factorId: id, send: 1, ...kept };
    const challenge = { id: challengeId, sending } as unknown as Challenge;
    return phone.verify(factorOf(method), { answer, now: 0, state, challenge, sending, keys, policy: { ...defaultRules, version: 1 }, userKey: () => keys.index });
  };

  it.each<[PhoneMethod, string, string]>([
    ['sms-code', '048291', 'right'], ['sms-code', '048 291', 'right'], ['sms-code', '048292', 'wrong'], ['sms-code', '9', 'wrong'], ['sms-code', 'NO', 'wrong'],
    ['sms-reply', '048291', 'right'], ['sms-reply', '0 4 8 2 9 1', 'right'], ['sms-reply', '48291', 'wrong'], ['sms-reply', '0482911', 'wrong'],
    ['sms-reply', '048291 048291', 'wrong'], ['sms-reply', 'NO', 'fraud'], ['sms-reply', 'no 048291', 'nothing'], ['sms-reply', 'STOP', 'nothing'],
    ['sms-reply', 'STOP 048291', 'nothing'], ['sms-reply', 'hello', 'nothing'], ['sms-reply', '', 'nothing'],
    ['sms-reply-pin', '048291482913', 'right'], ['sms-reply-pin', '048291 482913', 'right'], ['sms-reply-pin', '048291', 'wrong'],
    ['sms-reply-pin', '482913048291', 'wrong'], ['sms-reply-pin', '0482914829130', 'wrong'], ['sms-reply-pin', '482913', 'wrong'],
    ['sms-reply-match', '42', 'right'], ['sms-reply-match', ' 42!', 'right'], ['sms-reply-match', '24', 'wrong'], ['sms-reply-match', '042', 'wrong'],
  ])('%s: %j is %s', (method, answer, verdict) => {
    expect(reply(method, answer).is).toBe(verdict);
  });

  it('is wrong or unasked, never right, where nothing was kept to compare with', () => {
    expect(reply('sms-code', '048291', {}).is).toBe('unasked');
    expect(reply('sms-reply', '048291', {}).is).toBe('unasked');
    expect(reply('sms-reply-pin', '048291482913', {}).is).toBe('unasked');
    expect(reply('sms-reply-match', 'undefined', {}).is).toBe('nothing');
    expect(reply('sms-reply-match', '42', {}).is).toBe('wrong');
  });

  it('counts a wrong PIN against the PIN only when the code was right (D12)', () => {
    expect(reply('sms-reply-pin', '048291111222')).toEqual({ is: 'wrong', wrongPin: true });
    expect(reply('sms-reply-pin', '048292111222')).toEqual({ is: 'wrong' });
  });

  it('is right for one code of a million and one send alone, whatever anyone writes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 60 }), fc.stringMatching(/^[ 0-9-]{1,24}$/)), (answer) => {
        const isRight = answer.replace(/[^0-9]/g, '') === '048291';
        if (reply('sms-reply', answer).is === 'right') expect(isRight).toBe(true);
        expect(reply('sms-reply', answer, { codeMac: codeMac(keys, challengeId, id, 2, '048291') }).is).not.toBe('right');
      }),
    );
  });
});

describe('hashPin (A114)', () => {
  it('is another for every user, organization, factor and key', () => {
    const hash = (who: { organizationId: string; userId: string }, factorId: Uint8Array, ring = keys) => Buffer.from(hashPin(ring, who, factorId, '482913')).toString('hex');
    const other = new Uint8Array(8).fill(5);
    const all = [
      hash(state, id), hash({ organizationId: 'acme', userId: 'u-2' }, id), hash({ organizationId: 'other', userId: 'u-1' }, id),
      hash(state, other), hash(state, id, testKeyRing(Buffer.alloc(32, 8))), hash({ organizationId: 'acmeu', userId: '-1' }, id),
    ];

    expect(new Set(all).size).toBe(all.length);
    expect(Buffer.from(hashPin(keys, state, id, '482913')).subarray(0, 2)).toEqual(Buffer.from([1, 1]));
  });
});

describe('whether a telephone is ready', () => {
  const proved = { slot: 'primary', number: new Uint8Array(), proved: true } as const;

  it('takes a number that was proved, and a PIN where the method asks for one', () => {
    const { pin: _pin, ...withoutPin } = { ...factorOf('call-pin'), numbers: [proved] };

    expect(phone.isReady({ ...factorOf('call-pin'), numbers: [proved] })).toBe(true);
    expect(phone.isReady({ ...factorOf('call'), numbers: [{ ...proved, proved: false }] })).toBe(false);
    expect(phone.isReady(withoutPin)).toBe(false);
    expect(phone.isReady({ ...withoutPin, method: 'call' })).toBe(true);
  });
});
