import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTool, writePskc } from '../support/pskc.ts';
import { startWorld, type World } from './local-world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
}, 120_000);
afterAll(async () => {
  await world.stack.stop();
});

const seed = Buffer.from('a token of a journey');
const clockSeed = Buffer.from('another that has a clock in it..');
const key = Buffer.alloc(32, 21);

/** What the token itself would show. */
const counted = (counter: number): string => runTool('oathtool', ['--hotp', `--counter=${String(counter)}`, seed.toString('hex')]).trim();
const timed = (offset = 0): string => {
  const at = Math.floor(world.stack.clock.now() / 1000) + offset;
  return runTool('oathtool', ['--totp=sha256', '--digits=8', `--now=@${String(at)}`, clockSeed.toString('hex')]).trim();
};

describe('a hardware token', () => {
  const organization = () => `/v1/organizations/${world.organizationId}`;

  it('comes in an encrypted file, is bound by two codes, signs its owner in, runs away, is found again and given back', async () => {
    const methods = ['totp', 'token', 'phone:call-pin'];
    expect((await world.api('PATCH', `${organization()}/policy`, { methods, enforcement: 'offered' })).status).toBe(200);
    const content = writePskc(
      [{ serial: 'JT 0001', seed, type: 'hotp', counter: 5 }, { serial: 'JT0002', seed: clockSeed, suite: 'HMAC-SHA256', digits: 8 }],
      { key, mac: 'sha256' },
    );
    const made = await world.api('POST', `${organization()}/token-imports`, { format: 'pskc', content, key: key.toString('hex') }, { idempotencyKey: 'stock' });
    expect(made.body).toMatchObject({ status: 'done', rows: 2 });
    expect((await world.api('GET', `${organization()}/token-imports/${made.body.importId}`)).body).toEqual(made.body);

    const path = await world.makeUser('holder');
    const started = await world.start('holder');
    const added = await world.api('POST', `${path}/factors`, { kind: 'token', credentialId: 'jt0001', challengeId: started.body.challengeId });
    expect([added.status, added.body]).toMatchObject([201, { status: 'proving', hint: '••••0001' }]);
    const factor = `${path}/factors/${added.body.factorId}`;
    expect((await world.api('POST', `${factor}/confirm`, { answer: counted(5) })).status).toBe(400);
    const confirmed = await world.api('POST', `${factor}/confirm`, { answer: counted(5), nextAnswer: counted(6) });
    expect(confirmed.body).toMatchObject({ status: 'active' });
    expect((await world.api('GET', `/v1/challenges/${started.body.challengeId}`)).body.status).toBe('approved');
    expect((await world.api('GET', `${organization()}/tokens?assigned=true`)).body.tokens).toMatchObject([{ credentialId: 'JT0001', owner: { userId: 'holder' } }]);
    expect((await world.api('DELETE', `${organization()}/tokens/JT0001`)).status).toBe(409);

    const signedIn = await world.start('holder', { answer: counted(7) });
    expect(signedIn.body.status).toBe('approved');
    expect((await world.api('POST', '/v1/results/redeem', { result: signedIn.body.result })).body).toMatchObject({ acr: 'otp', amr: ['otp', 'pwd', 'mfa'] });
    expect((await world.start('holder', { answer: counted(7) })).status).toBe(409);
    expect((await world.start('holder', { answer: counted(50) })).body).toMatchObject({ status: 'pending', reason: 'wrong-answer' });
    expect((await world.api('POST', `${factor}/resync`, { answer: counted(51), nextAnswer: counted(52) })).body).toMatchObject({ status: 'active' });
    const proof = await world.start('holder', { answer: counted(53), purpose: 'change-factors' });
    expect((await world.api('POST', `${factor}/remove`, { proofs: [proof.body.result] })).status).toBe(204);

    expect((await world.api('GET', `${organization()}/tokens?assigned=true`)).body.tokens).toEqual([]);
    expect((await world.api('DELETE', `${organization()}/tokens/jt0001`)).status).toBe(204);
  });

  it('with a clock goes by the clock of the service', async () => {
    const path = await world.makeUser('clocked');
    const { challengeId } = (await world.start('clocked')).body;
    const added = await world.api('POST', `${path}/factors`, { kind: 'token', credentialId: 'JT0002', challengeId });
    const confirmed = await world.api('POST', `${path}/factors/${added.body.factorId}/confirm`, { answer: timed(-30), nextAnswer: timed() });
    expect(confirmed.body.status).toBe('active');
    await world.advance(60);

    expect((await world.start('clocked', { answer: timed() })).body.status).toBe('approved');
  });

  it('leaves no seed and no key in what functions print', () => {
    for (const secret of [seed.toString(), seed.toString('hex'), seed.toString('base64'), key.toString('hex')]) expect(world.logs()).not.toContain(secret);
  });
});
