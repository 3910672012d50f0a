import { describe, expect, it } from 'vitest';
import { countLookup, countRehearsal } from '../../../../shared/audit/count-lookup.ts';
import { makeStage } from '../../../support/stage.ts';

const asked = { requestId: 'r', door: 'api', clientId: 'c-1', actor: 'acme/admin' } as const;

describe('countLookup', () => {
  it('keeps one row for a minute, for a client and a person, that says how often and nothing of what for (P14)', async () => {
    const stage = await makeStage();

    for (let times = 0; times < 3; times += 1) await countLookup(stage.deps, 'acme', asked);
    await countLookup(stage.deps, 'acme', { ...asked, actor: 'acme/other' });

    const rows = await stage.items();
    expect(rows.map(({ kind, actor, times, organizationId }) => ({ kind, actor, times, organizationId }))).toEqual(
      expect.arrayContaining([
        { kind: 'users-listed', actor: 'acme/admin', times: 3, organizationId: 'acme' },
        { kind: 'users-listed', actor: 'acme/other', times: 1, organizationId: 'acme' },
      ]),
    );
    expect(rows).toHaveLength(2);
  });

  it('takes 120 in a minute for a person, however many ask at once, and goes on with the next', async () => {
    const stage = await makeStage();

    const answers = await Promise.allSettled(Array.from({ length: 130 }, () => countLookup(stage.deps, 'acme', asked)));
    const refused = answers.filter(({ status }) => status === 'rejected');

    expect(refused).toHaveLength(10);
    expect(refused[0]).toMatchObject({ reason: { problem: 'too-many-lookups' } });
    stage.clock.advance(60_000);
    await expect(countLookup(stage.deps, 'acme', asked)).resolves.toBeUndefined();
  });
});

describe('countRehearsal', () => {
  it('takes twelve in a minute for an organization, whoever asks', async () => {
    const stage = await makeStage();

    const answers = await Promise.allSettled(Array.from({ length: 15 }, (_, each) => countRehearsal(stage.deps, 'acme', { ...asked, actor: `acme/${String(each)}` })));

    expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(3);
    await expect(countRehearsal(stage.deps, 'other', asked)).resolves.toBeUndefined();
  });
});
