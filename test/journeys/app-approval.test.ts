import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDevice, readPairingUri, type Device } from '../support/device.ts';
import { assertDescribed } from './described.ts';
import { eventually, startWorld, type Reply, type World } from './local-world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  const methods = ['totp', 'app:approve', 'app:approve-pin', 'app:match'];
  expect((await world.api('PATCH', `/v1/organizations/${world.organizationId}/policy`, { methods })).status).toBe(200);
}, 120_000);
afterAll(async () => {
  await world.stack.stop();
});

const pin = '482913';

interface Paired {
  readonly userId: string;
  readonly path: string;
  readonly factorId: string;
  readonly device: Device;
  ask(operation: string, content?: unknown): Promise<Reply>;
}

/** At the pages' address, where the app is; the service behind it sees the stack's own time. */
async function askAs(device: Device, factorId: string, operation: string, content: unknown): Promise<Reply> {
  const [path, body] = [`/app/${operation}`, JSON.stringify(content)];
  const headers = device.headers({ path, factorId, time: Math.floor(world.stack.clock.now() / 1000), body });
  const response = await fetch(world.stack.running.pagesUrl + path, { method: 'POST', body, headers: { ...headers, 'content-type': 'application/json' } });
  const text = await response.text();
  const reply = { status: response.status, body: text === '' ? undefined : JSON.parse(text), headers: response.headers };
  assertDescribed('POST', path, reply.status, reply.body);
  return reply;
}

async function pairNew(userId: string, input: Record<string, unknown>): Promise<Paired> {
  const path = await world.makeUser(userId);
  const { challengeId } = (await world.start(userId)).body;
  const added = await world.api('POST', `${path}/factors`, { kind: 'app', challengeId, ...input });
  expect(added.status).toBe(201);
  const { page, factorId, secret } = readPairingUri(added.body.pairingUri);
  expect(page).toBe(`${world.stack.running.pagesUrl}/authenticator`);
  const device = makeDevice();
  const paired = await askAs(device, factorId, 'pair', { secret, publicKey: device.publicKey });
  expect(paired).toMatchObject({ status: 200, body: { factorId, person: 'Ada Example' } });
  return { userId, path, factorId, device, ask: (operation, content = {}) => askAs(device, factorId, operation, content) };
}

async function push({ userId, factorId }: Paired, more: Record<string, unknown> = {}): Promise<{ challengeId: string; show?: string }> {
  const { challengeId } = (await world.start(userId, more)).body;
  const sent = await world.api('POST', `/v1/challenges/${challengeId}/send`, { factorId });
  expect(sent).toMatchObject({ status: 200, body: { progress: { factorId, state: 'sent' } } });
  return { challengeId, show: sent.body.progress.show };
}

describe('signing in with the app', () => {
  it('is woken through SNS, shown who asks, and approved once', async () => {
    const paired = await pairNew('approver', { method: 'approve' });
    expect((await paired.ask('subscription', { native: { platform: 'fcm', token: 'phone-of-approver' } })).body.subscribed).toBe(true);
    const context = { ipAddress: '203.0.113.9', userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15' };
    const { challengeId } = await push(paired, { context, nonce: 'n-1' });

    const woken = await eventually('a push', async () => (await world.phone('GET', '/api/messages?to=phone-of-approver')).body[0] as { channel: string; text: string } | undefined);
    expect(woken).toMatchObject({ channel: 'push', text: expect.stringMatching(/: Is that you, signing in\?$/) as string });
    const { requests: [request] } = (await paired.ask('requests')).body;
    expect(request).toMatchObject({ challengeId, audience: 'portal', ipAddress: '203.0.113.9', browser: 'Safari', system: 'macOS' });
    expect((await paired.ask('answer', { challengeId, send: request.send, decision: 'approve' })).body).toEqual({ outcome: 'approved' });

    const approved = await world.api('GET', `/v1/challenges/${challengeId}`);
    const claims = (await world.api('POST', '/v1/results/redeem', { result: approved.body.result })).body;
    expect(claims).toMatchObject({ sub: 'approver', acr: 'app', amr: ['swk', 'pwd', 'mfa'], nonce: 'n-1' });
  });

  it('takes the PIN, and the number on the screen', async () => {
    const byPin = await pairNew('by-pin', { method: 'approve-pin', pin });
    const first = await push(byPin);
    expect((await byPin.ask('answer', { challengeId: first.challengeId, send: 1, decision: 'approve', pin: '918274' })).body).toEqual({ outcome: 'wrong-answer', answersLeft: 4 });
    expect((await byPin.ask('answer', { challengeId: first.challengeId, send: 1, decision: 'approve', pin })).body).toEqual({ outcome: 'approved' });

    const byNumber = await pairNew('by-number', { method: 'match' });
    const second = await push(byNumber);
    const { requests: [request] } = (await byNumber.ask('requests')).body;
    expect(request.numbers).toContain(second.show);
    expect((await byNumber.ask('answer', { challengeId: second.challengeId, send: 1, decision: 'approve', number: second.show })).body).toEqual({ outcome: 'approved' });
  });

  it('is refused: declined ends the sign-in, reported as fraud locks until an administrator has looked', async () => {
    const paired = await pairNew('refuser', { method: 'approve' });
    const declined = await push(paired);
    expect((await paired.ask('answer', { challengeId: declined.challengeId, send: 1, decision: 'decline' })).body).toEqual({ outcome: 'declined' });
    expect((await world.api('GET', `/v1/challenges/${declined.challengeId}`)).body).toMatchObject({ status: 'denied', reason: 'declined' });

    const reported = await push(paired);
    expect((await paired.ask('answer', { challengeId: reported.challengeId, send: 1, decision: 'fraud' })).body).toEqual({ outcome: 'fraud-reported' });
    expect((await world.start('refuser')).body).toMatchObject({ status: 'locked', reason: 'fraud-reported' });
    await world.mail('refuser@acme.example', /fraud/);
    expect((await world.api('POST', `${paired.path}/unlock`, { reason: 'Talked to her.' })).status).toBe(200);
    expect((await push(paired)).challengeId).toMatch(/^chl_/);
  });

  it('asks once at a time, and rests after five that were not approved (D19)', async () => {
    const paired = await pairNew('tired', { method: 'approve' });
    const { challengeId } = await push(paired);
    const again = await world.api('POST', `/v1/challenges/${challengeId}/send`, { factorId: paired.factorId });
    expect(again).toMatchObject({ status: 429, body: { type: expect.stringMatching(/too-many-sends$/) as string } });
    expect(Number(again.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    await paired.ask('answer', { challengeId, send: 1, decision: 'decline' });
    for (let count = 0; count < 4; count += 1) {
      const next = await push(paired);
      await paired.ask('answer', { challengeId: next.challengeId, send: 1, decision: 'decline' });
    }
    const last = (await world.start('tired')).body.challengeId;
    expect((await world.api('POST', `/v1/challenges/${last}/send`, { factorId: paired.factorId })).status).toBe(429);
    await world.advance(3601);
    expect((await push(paired)).challengeId).toMatch(/^chl_/);
  });

  it('takes one of two hundred signed approvals, and none from a device that was removed', async () => {
    const paired = await pairNew('raced', { method: 'approve' });
    const { challengeId } = await push(paired);
    const replies = await Promise.all(Array.from({ length: 200 }, () => paired.ask('answer', { challengeId, send: 1, decision: 'approve' })));
    const outcomes = replies.map(({ body }) => body.outcome as string);
    expect(outcomes.every((outcome) => outcome === 'approved' || outcome === 'over')).toBe(true);
    const audit = (await world.api('GET', `/v1/organizations/${world.organizationId}/audit?userId=raced`)).body.events as { kind: string }[];
    expect(audit.filter(({ kind }) => kind === 'challenge-approved').length).toBe(2);

    const next = await push(paired);
    expect((await paired.ask('unpair')).status).toBe(204);
    expect((await paired.ask('answer', { challengeId: next.challengeId, send: 1, decision: 'approve' })).status).toBe(401);
    expect((await world.api('GET', `/v1/challenges/${next.challengeId}`)).body.status).toBe('pending');
    await world.mail('raced@acme.example', /no longer confirms/);
  });

  it('leaves nothing secret in logs', () => {
    const logs = world.logs();
    expect(logs).toContain('/app/answer');
    for (const secret of [pin, 'phone-of-approver', '203.0.113.9', 'countersign-signature']) expect(logs).not.toContain(secret);
  });
});
