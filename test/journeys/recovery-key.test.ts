import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from './local-world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
}, 120_000);
afterAll(async () => {
  await world.stack.stop();
});

/** Whoever lost the app: a pending challenge, the recovery key as one of its factors. */
async function lostApp(userId: string) {
  const path = await world.makeUser(userId);
  const app = await world.addTotp(userId);
  const started = await world.start(userId);
  const factorId = started.body.factors.find(({ kind }: { kind: string }) => kind === 'recovery-key')?.factorId as string;
  return { path, app, challengeId: started.body.challengeId as string, factorId };
}

const answer = (challengeId: string, factorId: string, text: string) =>
  world.api('POST', `/v1/challenges/${challengeId}/answer`, { factorId, answer: text });

async function setUpAgain(path: string, challengeId: string) {
  const added = await world.api('POST', `${path}/factors`, { kind: 'totp', challengeId });
  const confirmed = await world.api('POST', `${path}/factors/${added.body.factorId}/confirm`, { answer: await world.code(added.body.secret) });
  return { added, confirmed };
}

const proofOf = async (userId: string, secret: string): Promise<string> => {
  await world.advance(31);
  const started = await world.start(userId, { purpose: 'change-factors' });
  const factor = started.body.factors.find(({ kind }: { kind: string }) => kind === 'totp');
  return (await answer(started.body.challengeId, factor.factorId, await world.code(secret))).body.result;
};

describe('signing in with a recovery key', () => {
  it('goes through setting up again: the key is used up, a new factor and a new key are made, then it is approved (row 4.2)', async () => {
    const { path, app, challengeId, factorId } = await lostApp('lost');
    expect(app.recoveryKey).toMatch(/^([0-9A-Z]{5}-){5}..$/);

    const used = await answer(challengeId, factorId, app.recoveryKey.toLowerCase());
    expect(used.body).toMatchObject({ status: 'enrollment-required' });
    expect(used.body.result).toBeUndefined();

    const { added, confirmed } = await setUpAgain(path, challengeId);
    expect(added.status).toBe(201);
    expect(confirmed.body).toMatchObject({ status: 'active' });
    expect(confirmed.body.recoveryKey).toMatch(/^([0-9A-Z]{5}-){5}..$/);
    expect(confirmed.body.recoveryKey).not.toBe(app.recoveryKey);

    const approved = await world.api('GET', `/v1/challenges/${challengeId}`);
    expect(approved.body).toMatchObject({ status: 'approved' });
    expect((await world.api('POST', '/v1/results/redeem', { result: approved.body.result })).body).toMatchObject({ acr: 'otp', sub: 'lost' });
    await world.mail('lost@acme.example', /recovery key was used/);

    const again = await world.start('lost');
    const key = again.body.factors.find(({ kind }: { kind: string }) => kind === 'recovery-key');
    expect((await answer(again.body.challengeId, key.factorId, app.recoveryKey)).body).toMatchObject({ status: 'pending', reason: 'wrong-answer' });
  });

  it('gives one new key to fifty at once (A75a), and nothing before somebody has set up', async () => {
    const { app, challengeId, factorId } = await lostApp('raced');

    const replies = await Promise.all(Array.from({ length: 50 }, () => answer(challengeId, factorId, app.recoveryKey)));

    expect(replies.filter(({ body }) => body.status === 'enrollment-required')).toHaveLength(1);
    expect(replies.some(({ body }) => body.result !== undefined)).toBe(false);
    expect((await world.api('GET', `/v1/challenges/${challengeId}`)).body).toMatchObject({ status: 'enrollment-required' });
  });

  it('counts guesses like every wrong answer, a mistyped key included (A11), and locks after five', async () => {
    const { challengeId, factorId, app } = await lostApp('guessed');
    const guesses = ['00000-00000-00000-00000-00000-00', app.recoveryKey.slice(0, -1), '123456', 'x', app.recoveryKey.replace(/.$/, '!')];

    const replies = [];
    for (const guess of guesses) replies.push((await answer(challengeId, factorId, guess)).body);

    expect(replies.map(({ status }) => status)).toEqual(['pending', 'pending', 'pending', 'pending', 'locked']);
    expect((await world.start('guessed', { factorId, answer: app.recoveryKey })).body).toMatchObject({ status: 'locked' });
  });

  it('is renewed with a proof of the strongest factor, shown once; the old key is dead (row 4.4, A71a)', async () => {
    const { path, app } = await lostApp('renews');
    expect((await world.api('POST', `${path}/recovery-key`, {})).status).toBe(403);

    const proof = await proofOf('renews', app.secret);
    const renewed = await world.api('POST', `${path}/recovery-key`, { proofs: [proof] }, { idempotencyKey: 'renew-1' });
    expect(renewed.status).toBe(201);
    expect(renewed.body.recoveryKey).not.toBe(app.recoveryKey);
    const replayed = await world.api('POST', `${path}/recovery-key`, { proofs: [proof] }, { idempotencyKey: 'renew-1' });
    expect(replayed.body.type).toMatch(/shown-once$/);

    const started = await world.start('renews', { answer: app.recoveryKey, factorId: renewed.body.factorId });
    expect(started.body.status).not.toBe('approved');
    await world.mail('renews@acme.example', /recovery key was made/);
  });

  it('signs in at the start of a challenge too, and reaches no log', async () => {
    const { path, app, factorId } = await lostApp('at-start');
    await world.advance(601);

    const started = await world.start('at-start', { factorId, answer: app.recoveryKey });
    expect(started.body).toMatchObject({ status: 'enrollment-required' });
    const { confirmed } = await setUpAgain(path, started.body.challengeId);
    expect(confirmed.body.status).toBe('active');
    expect((await world.api('GET', `/v1/challenges/${started.body.challengeId}`)).body.status).toBe('approved');
    expect(world.logs()).not.toContain(app.recoveryKey.slice(0, 17));
  });
});
