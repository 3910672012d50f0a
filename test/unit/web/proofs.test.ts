import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../web/ask/ask.ts';
import { makeProver, type Rights } from '../../../web/proofs/prover.ts';
import { strongEnough, type Kept } from '../../../web/proofs/strength.ts';

const minute = 60_000;

function prover({ given = (count: number): Rights | undefined => ({ proofs: [`chl_${String(count)}`] }), mailed = (): string | undefined => 'mailed' } = {}) {
  let time = 0;
  const asked: string[] = [];
  const made = makeProver({
    proof: async () => {
      asked.push('proof');
      return given(asked.filter((each) => each === 'proof').length);
    },
    mailedProof: async () => {
      asked.push('mail');
      return mailed();
    },
    now: () => time,
  });
  return { asked, wait: (milliseconds: number) => void (time += milliseconds), ...made };
}

const refuses = (problem: string) => async (): Promise<never> => {
  throw new Refusal(problem);
};

describe('a proof', () => {
  it('is asked for before each change, and spent by one', async () => {
    const { change, asked } = prover();

    const given = [await change(async (rights) => rights), await change(async (rights) => rights)];

    expect(given).toEqual([{ proofs: ['chl_1'] }, { proofs: ['chl_2'] }]);
    expect(asked).toEqual(['proof', 'proof']);
  });

  it('is kept when the change was refused for what was typed: whoever mends that is not asked again', async () => {
    const { change, asked } = prover();

    await expect(change(refuses('pin-refused'))).rejects.toMatchObject({ problem: 'pin-refused' });

    expect(await change(async (rights) => rights)).toEqual({ proofs: ['chl_1'] });
    expect(asked).toEqual(['proof']);
  });

  it('that is four minutes old is asked for anew', async () => {
    const { change, asked, wait } = prover();
    await change(refuses('pin-refused')).catch(() => undefined);

    wait(4 * minute);

    expect(await change(async (rights) => rights)).toEqual({ proofs: ['chl_2'] });
    expect(asked).toEqual(['proof', 'proof']);
  });

  it('that was kept and is refused after all is asked for once more; a new one that is refused is not', async () => {
    const kept = prover();
    await kept.change(refuses('pin-refused')).catch(() => undefined);
    const tried: Rights[] = [];
    const again = kept.change(async (rights) => {
      tried.push(rights);
      if (tried.length === 1) throw new Refusal('proof-invalid');
      return 'done';
    });

    expect(await again).toBe('done');
    expect(tried).toEqual([{ proofs: ['chl_1'] }, { proofs: ['chl_2'] }]);
    const weak = prover();
    await expect(weak.change(refuses('proof-required'))).rejects.toMatchObject({ problem: 'proof-required' });
    expect(weak.asked).toEqual(['proof']);
  });

  it('comes with a code by mail where that is needed too; whoever turns away from either changes nothing', async () => {
    const both = prover();
    const done = await both.change(async (rights) => rights, { mailed: true });
    const withoutMail = await prover({ mailed: () => undefined }).change(async () => 'changed', { mailed: true });
    const without = await prover({ given: () => undefined }).change(async () => 'changed');

    expect(done).toEqual({ proofs: ['chl_1', 'mailed'] });
    expect([withoutMail, without]).toEqual([undefined, undefined]);
  });

  it('is no proof but a challenge for whoever has nothing yet; that one lasts for set-ups, and serves nothing else', async () => {
    const { change, asked } = prover({ given: (count) => (count === 1 ? { challengeId: 'chl_set_up' } : { proofs: ['chl_2'] }) });

    await change(async (rights) => rights, { setUp: true });

    expect(await change(async (rights) => rights, { setUp: true })).toEqual({ challengeId: 'chl_set_up' });
    expect(asked).toEqual(['proof']);
    expect(await change(async (rights) => rights)).toEqual({ proofs: ['chl_2'] });
  });
});

describe('what is strong enough for a change', () => {
  const kept: Kept[] = [
    { factorId: 'mail', kind: 'email', status: 'active', acr: 'low' },
    { factorId: 'phone', kind: 'phone', status: 'active', acr: 'pstn' },
    { factorId: 'codes', kind: 'totp', status: 'active', acr: 'otp' },
    { factorId: 'key', kind: 'recovery-key', status: 'active', acr: 'low' },
  ];
  const ids = (all: readonly Kept[]): string[] => strongEnough(all.filter(({ status }) => status === 'active'), all).map(({ factorId }) => factorId);

  it('is the strongest way that somebody has, and never a recovery key', () => {
    expect(ids(kept)).toEqual(['codes']);
    expect(ids(kept.filter(({ factorId }) => factorId !== 'codes'))).toEqual(['phone']);
    expect(ids(kept.filter(({ kind }) => kind === 'recovery-key'))).toEqual([]);
  });

  it('is nothing while the strongest is shut: guessing at it must not make a weak one enough', () => {
    expect(ids([...kept, { factorId: 'shut', kind: 'passkey', status: 'disabled', acr: 'phishing-resistant' }])).toEqual([]);
    expect(ids([...kept, { factorId: 'off', kind: 'passkey', status: 'inactive', acr: 'phishing-resistant' }])).toEqual(['codes']);
  });
});
