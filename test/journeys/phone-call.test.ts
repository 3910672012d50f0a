import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, startWorld, type World } from './local-world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
}, 120_000);
afterAll(async () => {
  await world.stack.stop();
});

const pin = '482913';

async function send(userId: string, factorId: string): Promise<string> {
  const { challengeId } = (await world.start(userId)).body;
  const sent = await world.api('POST', `/v1/challenges/${challengeId}/send`, { factorId });
  expect(sent.status).toBe(200);
  expect(sent.body.progress).toMatchObject({ factorId, attempt: 1, of: 5 });
  return challengeId;
}

const statusOf = (challengeId: string, status: string) =>
  eventually(`the challenge is ${status}`, async () => {
    const { body } = await world.api('GET', `/v1/challenges/${challengeId}?waitSeconds=2`);
    return body.status === status ? body : undefined;
  });

describe('signing in by phone call', () => {
  it('is confirmed by the PIN and #, and a wrong PIN costs one attempt', async () => {
    await world.makeUser('pin');
    const factorId = await world.addPhone('pin', '+12025550111', { method: 'call-pin', pin }, `${pin}#`);
    const challengeId = await send('pin', factorId);
    const { callId } = await world.ringing('+12025550111');
    await world.phone('POST', `/api/calls/${callId}/answer`);
    await world.phone('POST', `/api/calls/${callId}/keys`, { keys: '9999#' });
    await eventually('the wrong PIN is counted', async () => {
      const { body } = await world.api('GET', `/v1/challenges/${challengeId}`);
      return body.answersLeft === 4 ? true : undefined;
    });
    await world.phone('POST', `/api/calls/${callId}/keys`, { keys: `${pin}#` });
    const approved = await statusOf(challengeId, 'approved');
    const claims = (await world.api('POST', '/v1/results/redeem', { result: approved.result })).body;
    expect(claims).toMatchObject({ sub: 'pin', acr: 'pstn', amr: ['tel', 'pin', 'pwd', 'mfa'] });
  });

  it('is confirmed by # alone, or by the number on the screen', async () => {
    await world.makeUser('pound');
    const pound = await world.addPhone('pound', '+12025550112', { method: 'call' }, '#');
    const first = await send('pound', pound);
    const call = await world.ringing('+12025550112');
    await world.phone('POST', `/api/calls/${call.callId}/answer`);
    await world.phone('POST', `/api/calls/${call.callId}/keys`, { keys: '#' });
    await statusOf(first, 'approved');

    await world.makeUser('match');
    const match = await world.addPhone('match', '+12025550113', { method: 'call-match' }, 'show');
    const second = await send('match', match);
    const shown = (await world.api('GET', `/v1/challenges/${second}`)).body.progress.show;
    expect(shown).toMatch(/^\d\d$/);
    const ringing = await world.ringing('+12025550113');
    await world.phone('POST', `/api/calls/${ringing.callId}/answer`);
    await world.phone('POST', `/api/calls/${ringing.callId}/keys`, { keys: `${shown}#` });
    await statusOf(second, 'approved');
  });

  it('is refused by 9: denied, locked for review, told, until an administrator unlocks', async () => {
    const path = await world.makeUser('fraud');
    const factorId = await world.addPhone('fraud', '+12025550114', { method: 'call' }, '#');
    const challengeId = await send('fraud', factorId);
    const { callId } = await world.ringing('+12025550114');
    await world.phone('POST', `/api/calls/${callId}/answer`);
    await world.phone('POST', `/api/calls/${callId}/keys`, { keys: '9' });
    expect(await statusOf(challengeId, 'denied')).toMatchObject({ reason: 'fraud-reported' });
    await world.advance(2 * 86_400);
    expect((await world.start('fraud')).body).toMatchObject({ status: 'locked', reason: 'fraud-reported' });
    expect((await world.api('POST', `${path}/unlock`, { reason: 'Talked to her.' })).status).toBe(200);
    expect((await world.start('fraud')).body.status).toBe('pending');
    await world.mail('fraud@acme.example', /fraud/);
  });

  it('tries the secondary number when the first does not answer, and locks after five attempts', async () => {
    const path = await world.makeUser('unanswered');
    const factorId = await world.addPhone('unanswered', '+12025550115', { method: 'call', numbers: { primary: '+12025550115', secondary: '+12025550116' } }, '#');
    await world.api('POST', `${path}/factors/${factorId}/send`, {});
    const proving = await world.ringing('+12025550116');
    await world.phone('POST', `/api/calls/${proving.callId}/answer`);
    await world.phone('POST', `/api/calls/${proving.callId}/keys`, { keys: '#' });
    await eventually('the secondary number is proved', async () => ((await world.api('GET', `${path}/factors/${factorId}`)).body.numbers.secondary.proved ? true : undefined));
    await world.advance(31);
    const challengeId = await send('unanswered', factorId);
    for (const number of ['+12025550115', '+12025550116', '+12025550115', '+12025550116', '+12025550115']) {
      const { callId } = await world.ringing(number);
      await world.phone('POST', `/api/calls/${callId}/busy`);
      await eventually('the leg is over', async () => {
        const calls = (await world.phone('GET', `/api/calls?to=${encodeURIComponent(number)}`)).body as { callId: string; state: string }[];
        return calls.find((call) => call.callId === callId)?.state === 'ended' ? true : undefined;
      });
      await new Promise((resolve) => setTimeout(resolve, 300));
      await world.advance(6);
    }
    await statusOf(challengeId, 'locked');
    expect((await world.start('unanswered')).body.status).toBe('locked');
  });

  it('says so when the carrier is away, and calls again when it is asked to', async () => {
    await world.makeUser('outage');
    const factorId = await world.addPhone('outage', '+12025550117', { method: 'call' }, '#');
    await world.phone('POST', '/api/carriers/call', { outageSeconds: 300 });
    const challengeId = await send('outage', factorId);
    const failed = await eventually('the call is given up', async () => {
      await world.advance(4);
      const { body } = await world.api('GET', `/v1/challenges/${challengeId}`);
      return body.progress?.state === 'failed' ? body : undefined;
    });
    expect(failed).toMatchObject({ status: 'pending', factors: [{ factorId }] });
    expect(failed.answersLeft).toBeUndefined();

    await world.phone('POST', '/api/carriers/call', { outageSeconds: 0 });
    await world.advance(31);
    expect((await world.api('POST', `/v1/challenges/${challengeId}/send`, { factorId })).status).toBe(200);
    const { callId } = await world.ringing('+12025550117');
    await world.phone('POST', `/api/calls/${callId}/answer`);
    await world.phone('POST', `/api/calls/${callId}/keys`, { keys: '#' });
    await statusOf(challengeId, 'approved');
  });

  it('leaves nothing secret in logs', async () => {
    const logs = world.logs();
    expect(logs).toContain('keys-pressed');
    for (const secret of [pin, '+1202555', 'cs_test_', '@acme.example']) expect(logs).not.toContain(secret);
  });
});
