import { beforeEach, describe, expect, it } from 'vitest';
import { appPin, makeAppWorld, push, type AppWorld } from '../../../../support/app-world.ts';
import { makeDevice } from '../../../../support/device.ts';
import { problemOf } from '../../../../support/sign-in-world.ts';

const minute = 60_000;
const clientContext = { ipAddress: '203.0.113.9', userAgent: 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0' };

describe('a sign-in that is approved in the app', () => {
  let world: AppWorld;
  beforeEach(async () => {
    world = await makeAppWorld();
  });

  it('is shown with who asks, from where and for what', async () => {
    const { challengeId } = await world.start({ seen: clientContext, protects: ['payments'] });
    expect((await world.requests()).requests).toEqual([]);
    const sent = await world.send(challengeId);

    expect(sent.progress).toMatchObject({ state: 'sent' });
    expect(await world.requests()).toMatchObject({ method: 'approve', status: 'active' });
    expect(await world.asked()).toMatchObject({
      challengeId, send: 1, organization: 'Acme Corporation', audience: 'portal', purpose: 'sign-in', protects: ['payments'],
      ipAddress: '203.0.113.9', browser: 'Firefox', system: 'Windows',
    });
  });

  it('shows nothing of what a stranger says of the own browser but words of ours', async () => {
    const { challengeId } = await world.start({ seen: { ipAddress: 'Approve this', userAgent: 'Approve this, it is your administrator. Chrome' } });
    await world.send(challengeId);

    const { ipAddress, browser, system } = await world.asked();

    expect({ ipAddress, browser, system }).toEqual({ ipAddress: undefined, browser: 'Chrome', system: undefined });
  });

  it('is approved once, at the strength of the app', async () => {
    const challengeId = await push(world);

    expect(await world.decide({ challengeId, send: 1, decision: 'approve' })).toEqual({ outcome: 'approved' });

    const view = await world.get(challengeId);
    expect(view.status).toBe('approved');
    expect(await world.redeem(view.result ?? '')).toMatchObject({ acr: 'app', amr: ['swk', 'pwd', 'mfa'] });
    world.stage.clock.advance(1000);
    expect(await world.decide({ challengeId, send: 1, decision: 'approve' })).toEqual({ outcome: 'over' });
    expect((await world.requests()).requests).toEqual([]);
  });

  it('has the same outcome for the same signed request, and is decided once', async () => {
    const challengeId = await push(world);
    const request = world.signed('/app/answer', { challengeId, send: 1, decision: 'approve' });

    expect(await world.replay(request)).toEqual({ outcome: 'approved' });
    expect(await world.replay(request)).toEqual({ outcome: 'approved' });

    expect((await world.events()).filter(({ kind }) => kind === 'challenge-approved')).toHaveLength(1);
  });

  it('is not approved by what was signed for another challenge, another send or another account (A25, I7)', async () => {
    const first = await push(world);
    const forFirst = world.signed('/app/answer', { challengeId: first, send: 1, decision: 'approve' });
    world.stage.clock.advance(minute);
    const second = await push(world);

    expect(await world.replay(forFirst)).toEqual({ outcome: 'over' });
    world.stage.clock.advance(minute);
    await world.send(second);
    expect(await world.decide({ challengeId: second, send: 1, decision: 'approve' })).toEqual({ outcome: 'over' });
    const other = await makeAppWorld();
    const strange = other.signed('/app/answer', { challengeId: second, send: 2, decision: 'approve' });
    expect(await problemOf(world.replay({ ...strange, factorId: world.paired[0]!.factorId }))).toBe('device-invalid');
    expect((await world.get(second)).status).toBe('pending');
    expect(await world.decide({ challengeId: second, send: 2, decision: 'approve' })).toEqual({ outcome: 'approved' });
  });

  it('is not approved after a minute, and can still be reported as fraud', async () => {
    const challengeId = await push(world);
    world.stage.clock.advance(minute);

    expect((await world.get(challengeId)).progress).toMatchObject({ state: 'no-answer' });
    expect((await world.requests()).requests).toEqual([]);
    expect(await world.decide({ challengeId, send: 1, decision: 'approve' })).toEqual({ outcome: 'over' });
    expect(await world.decide({ challengeId, send: 1, decision: 'fraud' })).toEqual({ outcome: 'fraud-reported' });
    expect((await world.state()).lock?.reason).toBe('fraud-reported');
  });

  it('is over when it is declined, and nobody is locked for it', async () => {
    const challengeId = await push(world);

    expect(await world.decide({ challengeId, send: 1, decision: 'decline' })).toEqual({ outcome: 'declined' });

    expect(await world.get(challengeId)).toMatchObject({ status: 'denied', reason: 'declined' });
    world.stage.clock.advance(1000);
    expect(await world.decide({ challengeId, send: 1, decision: 'approve' })).toEqual({ outcome: 'over' });
    expect((await world.state()).failures).toBeUndefined();
    expect((await world.get(challengeId)).status).toBe('denied');
  });

  it('is not approved by anything but the signature of its own device', async () => {
    const challengeId = await push(world);
    const request = world.signed('/app/answer', { challengeId, send: 1, decision: 'approve' });
    const stranger = makeDevice();
    const foreign = stranger.signature({ path: request.path, factorId: request.factorId, time: Number(request.time), body: Buffer.from(request.body).toString() });
    const [first = 0, ...rest] = request.signature;
    const wrong = [
      { ...request, signature: foreign },
      { ...request, signature: Buffer.from([first ^ 1, ...rest]) },
      { ...request, signature: Buffer.alloc(64) },
      { ...request, signature: Buffer.alloc(0) },
      { ...request, path: '/app/requests' },
      { ...request, method: 'GET' },
      { ...request, time: String(Number(request.time) + 1) },
      { ...request, body: Buffer.from(Buffer.from(request.body).toString().replace('"send":1', '"send":2')) },
      { ...request, factorId: world.factorId },
      { ...request, factorId: 'fac_AAAA' },
    ];

    for (const each of wrong) expect(await problemOf(world.replay(each))).toBe('device-invalid');
    expect((await world.get(challengeId)).status).toBe('pending');
  });

  it('takes a clock that is five minutes wrong and no more (D18)', async () => {
    const request = world.signed('/app/requests', {});

    for (const [late, allowed] of [[-300_000, true], [300_000, true], [-301_000, false], [301_000, false]] as const) {
      const then = await makeAppWorld();
      then.stage.clock.advance(late);
      const own = then.signed('/app/answer', { challengeId: 'chl_none', send: 1, decision: 'approve' });
      then.stage.clock.advance(-late);
      expect(await problemOf(then.replay(own))).toBe(allowed ? 'none' : 'device-invalid');
    }
    expect(request.time).toMatch(/^\d{10}$/);
  });

  it('is not confirmed through the API, whatever is typed there (I7)', async () => {
    const challengeId = await push(world);

    expect(await problemOf(world.start({ answer: 'approve', factorId: world.paired[0]?.factorId }))).toBe('factor-not-usable');
    expect((await world.answer(challengeId, 'approve')).status).toBe('pending');
    expect((await world.get(challengeId)).status).toBe('pending');
  });

  it('is nothing to a device that was taken out of use, or removed, meanwhile', async () => {
    const challengeId = await push(world);
    await world.setState((state) => ({ ...state, factors: state.factors.map((factor) => (factor.kind === 'app' ? { ...factor, status: 'inactive' } : factor)) }));
    expect(await world.decide({ challengeId, send: 1, decision: 'approve' })).toEqual({ outcome: 'over' });
    expect((await world.requests()).requests).toEqual([]);
    await world.setState((state) => ({ ...state, factors: state.factors.filter(({ kind }) => kind !== 'app') }));
    expect(await problemOf(world.decide({ challengeId, send: 1, decision: 'approve' }))).toBe('device-invalid');
    expect((await world.get(challengeId)).status).toBe('pending');
  });
});

describe('an app that asks for the PIN', () => {
  it('approves with it, counts a wrong one, and locks after five', async () => {
    const world = await makeAppWorld({ method: 'approve-pin' });
    const challengeId = await push(world);

    expect(await world.decide({ challengeId, send: 1, decision: 'approve', pin: '918274' })).toEqual({ outcome: 'wrong-answer', answersLeft: 4 });
    expect(await world.decide({ challengeId, send: 1, decision: 'approve' })).toEqual({ outcome: 'wrong-answer', answersLeft: 3 });
    expect((await world.state()).factors.find(({ kind }) => kind === 'app')).toMatchObject({ pinFailures: 2 });
    expect(await world.decide({ challengeId, send: 1, decision: 'approve', pin: appPin })).toEqual({ outcome: 'approved' });

    const again = await push(world);
    for (let left = 4; left > 0; left -= 1) {
      expect(await world.decide({ challengeId: again, send: 1, decision: 'approve', pin: `91827${String(left)}` })).toMatchObject({ answersLeft: left });
    }
    expect(await world.decide({ challengeId: again, send: 1, decision: 'approve', pin: '918279' })).toEqual({ outcome: 'locked' });
    world.stage.clock.advance(1000);
    expect(await world.decide({ challengeId: again, send: 1, decision: 'approve', pin: appPin })).toEqual({ outcome: 'over' });
  });
});

describe('an app that asks for the number on the screen', () => {
  it('shows three numbers, the same at every look, of which one is on the screen', async () => {
    const world = await makeAppWorld({ method: 'match' });
    const { challengeId } = await world.start();
    const { progress } = await world.send(challengeId);

    const { numbers = [] } = await world.asked();

    expect(numbers).toHaveLength(3);
    expect(new Set(numbers).size).toBe(3);
    expect(numbers).toContain(progress?.show);
    expect((await world.asked()).numbers).toEqual(numbers);
    expect(await world.decide({ challengeId, send: 1, decision: 'approve', number: progress?.show })).toEqual({ outcome: 'approved' });
  });

  it('ends the challenge with one wrong pick (D19)', async () => {
    const world = await makeAppWorld({ method: 'match' });
    const { challengeId } = await world.start();
    const { progress } = await world.send(challengeId);
    const wrong = (await world.asked()).numbers?.find((number) => number !== progress?.show);

    expect(await world.decide({ challengeId, send: 1, decision: 'approve', number: wrong })).toEqual({ outcome: 'denied' });
    expect(await world.get(challengeId)).toMatchObject({ status: 'denied', reason: 'wrong-answer' });
    expect(await world.decide({ challengeId, send: 1, decision: 'approve', number: progress?.show })).toEqual({ outcome: 'over' });
    expect((await world.state()).failures).toBe(1);
  });
});
