import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, startWorld, type World } from './local-world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  const { body } = await world.api('GET', `/v1/organizations/${world.organizationId}/policy`);
  const methods = [...(body.rules.methods.value as string[]), 'email'];
  const changed = await world.api('PATCH', `/v1/organizations/${world.organizationId}/policy`, { methods });
  expect(changed.status).toBe(200);
}, 120_000);
afterAll(async () => {
  await world.stack.stop();
});

const pathOf = (userId: string) => `/v1/organizations/${world.organizationId}/users/${userId}`;
const addressOf = (userId: string) => `${userId}@acme.example`;

interface Mail {
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const mailsTo = async (to: string) => (await world.phone('GET', `/api/messages?to=${encodeURIComponent(to)}`)).body as Mail[];
const codeIn = ({ text }: Mail) => /^(\d{6,8})$/m.exec(text)?.[1];
const newestCode = async (userId: string) => (await mailsTo(addressOf(userId))).map(codeIn).filter((code) => code !== undefined).at(-1) ?? '';
/** Past the half minute between two mails to one address. */
const wait = () => world.advance(31);

async function makeMailUser(userId: string, locale = 'en'): Promise<string> {
  const person = { displayName: 'Ada Example', email: addressOf(userId), emailVerified: false, identity: 'local', locale };
  expect((await world.api('PUT', pathOf(userId), person)).status).toBe(201);
  await world.api('POST', `${pathOf(userId)}/email-verification`, {});
  const verified = await world.api('POST', `${pathOf(userId)}/email-verification/answer`, { answer: await newestCode(userId) });
  expect(verified.body).toEqual({ emailVerified: true });
  await wait();
  const { challengeId } = (await world.start(userId)).body;
  const added = await world.api('POST', `${pathOf(userId)}/factors`, { kind: 'email', challengeId });
  expect([added.status, added.body.progress?.state]).toEqual([201, 'sent']);
  const confirmed = await world.api('POST', `${pathOf(userId)}/factors/${added.body.factorId}/confirm`, { answer: await newestCode(userId) });
  expect(confirmed.body).toMatchObject({ status: 'active', recoveryKey: expect.any(String) as string });
  await wait();
  return added.body.factorId as string;
}

async function send(userId: string, factorId: string, purpose = 'sign-in') {
  const { challengeId, factors } = (await world.start(userId, { purpose })).body;
  const sent = await world.api('POST', `/v1/challenges/${challengeId}/send`, { factorId });
  return { challengeId: challengeId as string, factors: factors as { kind: string; hint: string }[], sent };
}

describe('codes by mail', () => {
  it('are set up for a verified address only, and sign in (rows 4.1, 4.2)', async () => {
    await world.api('PUT', pathOf('early'), { displayName: 'E', email: addressOf('early'), emailVerified: false, identity: 'local' });
    const refused = await world.api('POST', `${pathOf('early')}/factors`, { kind: 'email', challengeId: (await world.start('early')).body.challengeId });
    expect(refused.status).toBe(409);
    const factorId = await makeMailUser('ada', 'es-MX');

    const { challengeId, factors, sent } = await send('ada', factorId);
    const approved = await world.api('POST', `/v1/challenges/${challengeId}/answer`, { answer: await newestCode('ada') });

    expect(factors).toContainEqual(expect.objectContaining({ kind: 'email', hint: 'a•••@acme.example', reachedBy: 'mail' }));
    expect(sent.body.progress).toMatchObject({ state: 'sent' });
    expect(approved.body.status).toBe('approved');
    expect((await world.api('POST', '/v1/results/redeem', { result: approved.body.result })).body).toMatchObject({ sub: 'ada', acr: 'low' });
    const mail = (await mailsTo(addressOf('ada'))).findLast(({ text }) => /^\d{6}$/m.test(text));
    expect(mail).toMatchObject({ from: '"Acme Corporation" <no-reply@countersign.example>', subject: 'Acme Corporation: Su código para iniciar sesión' });
    expect(mail?.html).not.toMatch(/href|src=/);
  });

  it('are switched off by an emailed code, and with an app beside them by both (row 4.3)', async () => {
    const factorId = await makeMailUser('bob');
    const remove = (proofs: string[]) => world.api('POST', `${pathOf('bob')}/factors/${factorId}/remove`, { proofs });
    const proof = async () => {
      await world.api('POST', `${pathOf('bob')}/email-verification`, { purpose: 'change-factors' });
      const { body } = await world.api('POST', `${pathOf('bob')}/email-verification/answer`, { answer: await newestCode('bob') });
      await wait();
      return body.proof as string;
    };
    const added = await world.api('POST', `${pathOf('bob')}/factors`, { kind: 'totp', proofs: [await proof()] });
    await world.api('POST', `${pathOf('bob')}/factors/${added.body.factorId}/confirm`, { answer: await world.code(added.body.secret) });
    await wait();

    expect((await remove([])).status).toBe(403);
    expect((await remove([await proof()])).status).toBe(403);
    const byApp = await world.start('bob', { purpose: 'change-factors', factorId: added.body.factorId, answer: await world.code(added.body.secret) });
    expect((await remove([byApp.body.result, await proof()])).status).toBe(204);
    await world.mail(addressOf('bob'), /was removed/);
  });

  it('stop when a mail comes back, are shown to the administrator, and go on when told to', async () => {
    const factorId = await makeMailUser('cleo');
    await world.phone('POST', '/api/carriers/email', { bounce: addressOf('cleo') });
    const { challengeId } = await send('cleo', factorId);

    const user = await eventually('the address is marked', async () => {
      const { body } = await world.api('GET', pathOf('cleo'));
      return body.emailProblem === undefined ? undefined : body;
    });
    expect(user).toMatchObject({ emailProblem: 'bounced', mfa: 'active' });
    expect(user.factors).toContainEqual(expect.objectContaining({ kind: 'email', status: 'active', unreachable: 'problem' }));
    await eventually('the send is undeliverable', async () => {
      const { body } = await world.api('GET', `/v1/challenges/${challengeId}`);
      return body.progress?.state === 'undeliverable' ? true : undefined;
    });
    const before = (await mailsTo(addressOf('cleo'))).length;
    const left = (await world.start('cleo')).body.factors as { kind: string }[];
    expect(left.map(({ kind }) => kind)).toEqual(['recovery-key']);
    const audit = await world.api('GET', `/v1/organizations/${world.organizationId}/audit?userId=cleo&kind=email-bounced`);
    expect(audit.body.events).toHaveLength(1);

    await world.phone('POST', '/api/carriers/email', { bounce: false });
    const person = { displayName: 'Ada Example', email: addressOf('cleo'), identity: 'local', emailProblem: null };
    expect((await world.api('PUT', pathOf('cleo'), person)).body).not.toHaveProperty('emailProblem');
    await wait();
    const again = await send('cleo', factorId);
    expect((await world.api('POST', `/v1/challenges/${again.challengeId}/answer`, { answer: await newestCode('cleo') })).body.status).toBe('approved');
    expect((await mailsTo(addressOf('cleo'))).length).toBeGreaterThan(before);
  });

  it('say that they failed while the carrier is down, and another factor confirms the same challenge', async () => {
    const factorId = await makeMailUser('dan');
    await world.api('POST', `${pathOf('dan')}/email-verification`, { purpose: 'change-factors' });
    const { body } = await world.api('POST', `${pathOf('dan')}/email-verification/answer`, { answer: await newestCode('dan') });
    const added = await world.api('POST', `${pathOf('dan')}/factors`, { kind: 'totp', proofs: [body.proof] });
    await world.api('POST', `${pathOf('dan')}/factors/${added.body.factorId}/confirm`, { answer: await world.code(added.body.secret) });
    await wait();
    await world.phone('POST', '/api/carriers/email', { outageSeconds: 60 });

    const { challengeId, sent } = await send('dan', factorId);
    const answer = { factorId: added.body.factorId, answer: await world.code(added.body.secret) };

    expect([sent.status, sent.body.progress]).toEqual([200, expect.objectContaining({ state: 'failed', reason: 'carrier-down' })]);
    expect((await world.api('POST', `/v1/challenges/${challengeId}/answer`, answer)).body.status).toBe('approved');
    await world.phone('POST', '/api/carriers/email', { outageSeconds: 0 });
  });

  it('follow no changed address', async () => {
    const factorId = await makeMailUser('eve');
    const { challengeId } = (await world.start('eve')).body;
    await world.api('PUT', pathOf('eve'), { displayName: 'Ada Example', email: 'new-eve@acme.example', emailVerified: true, identity: 'local' });

    expect((await world.api('POST', `/v1/challenges/${challengeId}/send`, { factorId })).status).toBe(409);
    expect((await mailsTo('new-eve@acme.example')).filter((mail) => codeIn(mail) !== undefined)).toEqual([]);
    await world.mail(addressOf('eve'), /account was changed/);
  });

  it('leave nothing secret in logs', async () => {
    const logs = world.logs();
    const codes = (await Promise.all(['ada', 'bob', 'cleo', 'dan'].map(async (userId) => (await mailsTo(addressOf(userId))).map(codeIn)))).flat();

    expect(logs).toContain('mail-event');
    expect(codes.filter((code) => code !== undefined && logs.includes(`"${code}"`))).toEqual([]);
    expect(logs).not.toContain('@acme.example');
  });
});
