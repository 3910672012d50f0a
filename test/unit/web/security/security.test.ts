import { describe, expect, it } from 'vitest';
import type { Factor } from '../../../../web/pages/security/account.ts';
import { isSignIn, lastUse } from '../../../../web/pages/security/last-use.ts';
import { methodsFor } from '../../../../web/pages/security/method.ts';
import { inOrder, ranksFor } from '../../../../web/pages/security/order.ts';
import { phoneProvisioning } from '../../../../web/pages/security/provisioning.ts';
import { needsMailed } from '../../../../web/pages/security/remove.ts';

const factor = (factorId: string, more: Partial<Factor> = {}): Factor => ({ factorId, kind: 'totp', status: 'active', acr: 'otp', createdAt: '2026-11-01T00:00:00Z', ...more });
const names = (factors: readonly Factor[]): string[] => factors.map(({ factorId }) => factorId);

/** As the list would be with these ranks. */
function after(factors: readonly Factor[], chosenId: string): string[] {
  const ranks = new Map(ranksFor(factors, chosenId).map(({ factorId, rank }) => [factorId, rank]));
  return names(inOrder(factors.map((each) => ({ ...each, ...(ranks.has(each.factorId) ? { rank: ranks.get(each.factorId) ?? 0 } : {}) }))));
}

describe('the order in which somebody is asked', () => {
  const [phone, codes, app] = [factor('phone', { kind: 'phone', acr: 'pstn' }), factor('codes'), factor('app', { kind: 'app', acr: 'app', createdAt: '2026-11-02T00:00:00Z' })];

  it('is by rank, then the stronger, then the older; what is not asked for comes last, and recovery keys not at all', () => {
    const key = factor('key', { kind: 'recovery-key' });

    expect(names(inOrder([phone, app, codes, key, factor('off', { status: 'inactive', rank: 0 })]))).toEqual(['codes', 'app', 'phone', 'off']);
    expect(names(inOrder([codes, app, { ...phone, rank: 3 }]))).toEqual(['phone', 'codes', 'app']);
  });

  it.each([
    ['nobody had a rank', [phone, codes, app]],
    ['another was first', [phone, { ...codes, rank: 0 }, app]],
    ['several were', [phone, { ...codes, rank: 0 }, { ...app, rank: 0 }]],
    ['all have their ranks', [{ ...phone, rank: 2 }, { ...codes, rank: 0 }, { ...app, rank: 1 }]],
  ])('begins with the chosen one, and leaves the others as they were, when %s', (_case, factors) => {
    for (const chosen of ['phone', 'codes', 'app']) {
      const others = names(inOrder(factors)).filter((name) => name !== chosen);
      expect(after(factors, chosen)).toEqual([chosen, ...others]);
    }
  });

  it('takes no more changes than it needs', () => {
    expect(ranksFor([phone, codes], 'phone')).toEqual([{ factorId: 'phone', rank: 0 }]);
    expect(ranksFor([{ ...phone, rank: 0 }, codes], 'phone')).toEqual([]);
  });
});

describe('a telephone', () => {
  it.each<[is: string, factors: Factor[], more?: { licenses?: string[]; emailProblem?: string }]>([
    ['not', []],
    ['done', [], { licenses: ['phone'] }],
    ['failed', [], { licenses: ['phone'], emailProblem: 'bounced' }],
    ['not', [factor('p', { kind: 'phone', status: 'proving' })]],
    ['done', [factor('p', { kind: 'phone' })]],
    ['done', [factor('p', { kind: 'phone', status: 'inactive' })]],
    ['failed', [factor('p', { kind: 'phone', status: 'disabled' })]],
  ])('is provisioned: %s (row 1.4)', (is, factors, more = {}) => {
    expect(phoneProvisioning({ licenses: [], ...more, factors })).toMatchObject({ is });
  });

  it('is offered the methods that the policy and its number allow (row 1.5)', () => {
    const methods = ['totp', 'phone:call', 'phone:sms-code', 'phone:call-pin', 'app:match'];
    const numbers = { primary: { hint: '', hasExtension: true, proved: true } };

    expect(methodsFor(factor('p', { kind: 'phone' }), methods)).toEqual(['call-pin', 'call', 'sms-code']);
    expect(methodsFor(factor('p', { kind: 'phone', numbers }), methods)).toEqual(['call-pin']);
    expect(methodsFor(factor('a', { kind: 'app' }), methods)).toEqual(['match']);
    expect(methodsFor(factor('t'), methods)).toEqual([]);
  });
});

describe('codes by mail', () => {
  const mail = factor('mail', { kind: 'email', acr: 'low' });

  it('are given up with a code of theirs as well, unless they are all there is, or none arrives (row 4.3)', () => {
    expect(needsMailed({ factors: [mail, factor('codes')] }, mail)).toBe(true);
    expect(needsMailed({ factors: [mail, factor('key', { kind: 'recovery-key' })] }, mail)).toBe(false);
    const moved: Factor = { ...mail, unreachable: 'moved' };
    expect(needsMailed({ factors: [moved, factor('codes')] }, moved)).toBe(false);
    expect(needsMailed({ factors: [mail, factor('codes')] }, factor('codes'))).toBe(false);
  });
});

describe('the last sign-in with something', () => {
  const event = (at: string, more: object) => ({ eventId: at, at, kind: 'challenge-approved', factorId: 'codes', ...more });

  it('is the newest, and neither a change that was confirmed nor one with something else', () => {
    const events = [event('3', { purpose: 'change-factors' }), event('2', { factorId: 'phone', purpose: 'sign-in' }), event('1', { purpose: 'sign-in' }), event('0', {})];

    expect(lastUse(events, 'codes')).toBe('1');
    expect(lastUse(events, 'app')).toBeUndefined();
    expect(isSignIn({ kind: 'answer-wrong' })).toBe(false);
  });
});
