import { beforeAll, describe, expect, it } from 'vitest';
import { asks, openTab, type Tab } from '../../../support/page-browser.ts';
import { codeOf, makePageWorld, type PageWorld } from '../../../support/page-world.ts';

let world: PageWorld;
beforeAll(async () => {
  world = await makePageWorld();
  await world.makeUser('root');
  await world.policy({ enforcement: 'required' });
});

let newcomers = 0;
async function newcomer(): Promise<{ userId: string; challengeId: string; tab: Tab }> {
  newcomers += 1;
  const userId = `newcomer-${String(newcomers)}`;
  await world.makeUser(userId);
  const { challengeId, setupUrl } = (await world.start(userId)).body;
  return { userId, challengeId, tab: await openTab(setupUrl) };
}

describe('the set-up page\'s session', () => {
  it('is told what the policy allows, and nothing that this installation cannot do', async () => {
    const { tab } = await newcomer();

    const { status, body } = await asks(tab, 'GET /page/set-up');

    expect([status, body]).toEqual([200, { full: [], isRequired: true, methods: expect.arrayContaining(['totp']), pin: { minimumLength: 4 }, countries: ['US', 'CA'] }]);
    expect(body.methods.filter((method: string) => method.startsWith('phone:'))).toEqual([]);
  });

  it('sets up a first factor, by which the same challenge is approved', async () => {
    const { tab, challengeId } = await newcomer();
    const added = await asks(tab, 'POST /page/set-up/factors', { kind: 'totp' });
    const at = `/page/set-up/factors/${added.body.factorId}`;

    const wrong = await asks(tab, `POST ${at}/confirm`, { answer: '000000' });
    const right = await asks(tab, `POST ${at}/confirm`, { answer: codeOf(added.body.secret) });

    expect([added.status, added.body]).toMatchObject([201, { status: 'proving', secret: expect.any(String), qrCode: expect.stringMatching(/^data:image\/svg/) }]);
    expect(wrong.body).toMatchObject({ isAccepted: false, status: 'proving' });
    expect(Object.keys(wrong.body)).not.toEqual(expect.arrayContaining(['answersLeft']));
    expect(Object.keys(wrong.body)).not.toEqual(expect.arrayContaining(['reason']));
    expect(right.body).toMatchObject({ isAccepted: true, status: 'active' });
    expect((await asks(tab, `GET ${at}`)).body).toMatchObject({ status: 'active' });
    expect((await asks(tab, 'GET /page/challenge')).body.status).toBe('approved');
    expect((await world.get(challengeId)).body.status).toBe('approved');
  });

  it('shows a secret once: neither a reload nor the factor itself has it again (A62)', async () => {
    const { tab } = await newcomer();
    const { body } = await asks(tab, 'POST /page/set-up/factors', { kind: 'totp' });

    const later = await Promise.all([asks(tab, `GET /page/set-up/factors/${body.factorId}`), asks(tab, 'GET /page/set-up'), asks(tab, 'GET /page/session')]);

    expect(later[1].body.factorId).toBe(body.factorId);
    for (const answer of later) expect(JSON.stringify(answer.body)).not.toContain(body.secret);
  });

  it('takes its right from its challenge alone: a browser can name neither another nor a proof', async () => {
    const [one, other] = [await newcomer(), await newcomer()];

    const answers = await Promise.all([
      asks(one.tab, 'POST /page/set-up/factors', { kind: 'totp', challengeId: other.challengeId }),
      asks(one.tab, 'POST /page/set-up/factors', { kind: 'totp', proofs: ['eyJ'] }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([400, 400]);
  });

  it('adds nothing beside a factor that was set up meanwhile: the sign-in is then confirmed like any other', async () => {
    const { userId, tab } = await newcomer();
    const second = await openTab((await world.start(userId)).body.setupUrl);
    const { body } = await asks(second, 'POST /page/set-up/factors', { kind: 'totp' });
    await asks(second, `POST /page/set-up/factors/${body.factorId}/confirm`, { answer: codeOf(body.secret) });

    const [added, touched, challenge] = [
      await asks(tab, 'POST /page/set-up/factors', { kind: 'totp' }),
      await asks(tab, `GET /page/set-up/factors/${body.factorId}`),
      await asks(tab, 'GET /page/challenge'),
    ];

    expect([added.status, added.body.type]).toEqual([403, 'https://countersign.dev/problems/proof-required']);
    expect(touched.status).toBe(401);
    expect(challenge.body).toMatchObject({ status: 'pending', factors: expect.arrayContaining([expect.objectContaining({ kind: 'totp' })]) });
  });

  it('says no more of the fifth wrong answer than of the first (A30)', async () => {
    const { tab } = await newcomer();
    const { body } = await asks(tab, 'POST /page/set-up/factors', { kind: 'totp' });
    const seen: unknown[] = [];
    for (let count = 0; count < 6; count += 1) seen.push((await asks(tab, `POST /page/set-up/factors/${body.factorId}/confirm`, { answer: '000000' })).body.isAccepted ?? 'over');

    expect(seen.slice(0, 4)).toEqual([false, false, false, false]);
    expect(seen.slice(4)).not.toContain(true);
    expect((await asks(tab, 'GET /page/challenge')).body.status).toBe('over');
  });
});
