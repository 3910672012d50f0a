import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from './local-world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
}, 120_000);
afterAll(async () => {
  await world.stack.stop();
});

describe('signing in with an authenticator app', () => {
  it('sets up at the first sign-in, and the same challenge is approved', async () => {
    const path = await world.makeUser('first');
    const started = await world.start('first', { nonce: 'n-1' });
    expect(started.body).toMatchObject({ status: 'enrollment-required', factors: [] });

    const added = await world.api('POST', `${path}/factors`, { kind: 'totp', issuer: 'Acme', challengeId: started.body.challengeId });
    expect(added.status).toBe(201);
    expect(added.body.otpauthUri).toMatch(/^otpauth:\/\/totp\/Acme:first\?/);
    expect(added.body.qrCode).toMatch(/^data:image\/svg\+xml/);
    const factor = `${path}/factors/${added.body.factorId}`;
    const wrong = await world.api('POST', `${factor}/confirm`, { answer: '000000' });
    expect(wrong.body).toMatchObject({ status: 'proving', reason: 'wrong-answer', answersLeft: 4 });
    const confirmed = await world.api('POST', `${factor}/confirm`, { answer: await world.code(added.body.secret) });
    expect(confirmed.body).toMatchObject({ status: 'active' });
    expect(confirmed.body.secret).toBeUndefined();

    const approved = await world.api('GET', `/v1/challenges/${started.body.challengeId}`);
    expect(approved.body.status).toBe('approved');
    const redeemed = await world.api('POST', '/v1/results/redeem', { result: approved.body.result });
    expect(redeemed.body).toMatchObject({ sub: 'first', org: world.organizationId, nonce: 'n-1', acr: 'otp', purpose: 'sign-in', txn: started.body.challengeId });
  });

  it('approves in one call, verifiable offline, redeemable once, and never by the same code again', async () => {
    await world.makeUser('one-call');
    const { secret } = await world.addTotp('one-call');
    const answer = await world.code(secret);
    const signedIn = await world.start('one-call', { answer, nonce: 'abc', protects: ['infrastructure'] });
    expect(signedIn.body.status).toBe('approved');

    const keys = createRemoteJWKSet(new URL(`${world.stack.running.apiUrl}/.well-known/jwks.json`));
    const { payload } = await jwtVerify(signedIn.body.result, keys, {
      issuer: world.stack.running.apiUrl,
      algorithms: ['ES256'],
      currentDate: new Date(world.stack.clock.now()),
    });
    expect(payload).toMatchObject({ sub: 'one-call', nonce: 'abc', protects: ['infrastructure'], amr: ['otp', 'pwd', 'mfa'] });
    expect(payload.aud).toHaveLength(2);

    const again = await world.start('one-call', { answer });
    expect(again.status).toBe(409);
    expect(again.body.type).toMatch(/answer-used$/);
    expect((await world.api('POST', '/v1/results/redeem', { result: signedIn.body.result })).status).toBe(200);
    expect((await world.api('POST', '/v1/results/redeem', { result: signedIn.body.result })).status).toBe(409);
  });

  it('locks after five wrong answers over several challenges, and lets in after an hour', async () => {
    await world.makeUser('locked');
    const { secret } = await world.addTotp('locked');
    const first = (await world.start('locked')).body.challengeId;
    const second = (await world.start('locked')).body.challengeId;
    const wrong = (id: string) => world.api('POST', `/v1/challenges/${id}/answer`, { answer: '123456' });
    expect((await wrong(first)).body).toMatchObject({ status: 'pending', reason: 'wrong-answer', answersLeft: 4 });
    await wrong(second);
    await wrong(first);
    await wrong(second);
    expect((await wrong(first)).body).toMatchObject({ status: 'locked', answersLeft: 0 });
    const right = await world.api('POST', `/v1/challenges/${second}/answer`, { answer: await world.code(secret) });
    expect(right.body.status).toBe('locked');
    expect((await world.start('locked', { answer: await world.code(secret) })).body).toMatchObject({ status: 'locked' });
    await world.advance(3601);
    expect((await world.start('locked', { answer: await world.code(secret) })).body.status).toBe('approved');
  });

  it('answers a request that comes again with the same key as before, with the same result', async () => {
    await world.makeUser('again');
    const { secret } = await world.addTotp('again');
    const answer = await world.code(secret);
    const options = { idempotencyKey: 'key-1' };
    const [one, two] = [await world.start('again', { answer }, options), await world.start('again', { answer }, options)];
    expect(two.body.status).toBe('approved');
    const claims = (reply: typeof one) => JSON.parse(Buffer.from(reply.body.result.split('.')[1], 'base64url').toString());
    expect(claims(two)).toEqual(claims(one));
    expect((await world.start('again', { answer: '000000' }, options)).status).toBe(409);
  });

  it('takes one of two hundred parallel right answers', async () => {
    await world.makeUser('raced');
    const { secret } = await world.addTotp('raced');
    const { challengeId } = (await world.start('raced')).body;
    const answer = await world.code(secret);
    const replies = await Promise.all(Array.from({ length: 200 }, () => world.api('POST', `/v1/challenges/${challengeId}/answer`, { answer })));
    expect(replies.filter(({ body }) => body.status === 'approved')).toHaveLength(1);
  });

  it('removes a factor only with a fresh proof, and tells its owner', async () => {
    const path = await world.makeUser('remover');
    await world.api('PATCH', `/v1/organizations/${world.organizationId}/policy`, { enforcement: 'required' });
    const { secret, factorId } = await world.addTotp('remover');
    expect((await world.api('POST', `${path}/factors/${factorId}/remove`, { proofs: [] })).status).toBe(403);
    const proof = await world.start('remover', { purpose: 'change-factors', answer: await world.code(secret) });
    const last = await world.api('POST', `${path}/factors/${factorId}/remove`, { proofs: [proof.body.result] });
    expect(last.body.type).toMatch(/policy-forbids$/);
    await world.advance(31);
    const second = await world.start('remover', { purpose: 'change-factors', answer: await world.code(secret) });
    const added = await world.api('POST', `${path}/factors`, { kind: 'totp', label: 'Spare', proofs: [second.body.result] });
    expect(added.status).toBe(201);
    await world.advance(31);
    expect((await world.api('POST', `${path}/factors/${added.body.factorId}/confirm`, { answer: await world.code(added.body.secret) })).body.status).toBe('active');
    const third = await world.start('remover', { purpose: 'change-factors', factorId, answer: await world.code(secret) });
    expect((await world.api('POST', `${path}/factors/${factorId}/remove`, { proofs: [third.body.result] })).status).toBe(204);
    await world.mail('remover@acme.example', /removed/);
  });
});
