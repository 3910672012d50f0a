import { beforeEach, describe, expect, it } from 'vitest';
import { makePhoneCallWorld, rightPin, ring, wrongPin, type PhoneCallWorld } from '../../../../support/phone-call-world.ts';
import { problemOf, wrongCode } from '../../../../support/sign-in-world.ts';

let world: PhoneCallWorld;
beforeEach(async () => {
  world = await makePhoneCallWorld();
});

const phoneOf = async () => (await world.state()).factors.find(({ kind }) => kind === 'phone');

describe('pressKeys', () => {
  it('approves the right PIN, and wakes the call with the outcome', async () => {
    const challengeId = await ring(world);

    expect(await world.press(challengeId, rightPin)).toBe('approved');

    const view = await world.get(challengeId);
    expect(view.status).toBe('approved');
    expect(view.result).toBeDefined();
    expect(await world.call(challengeId)).toMatchObject({ legOutcome: 'approved', keyed: true, state: 'answered' });
  });

  it('counts a wrong PIN once, however often the flow asks about it (X8)', async () => {
    const challengeId = await ring(world);

    const said = [await world.press(challengeId, wrongPin), await world.press(challengeId, wrongPin), await world.press(challengeId, wrongPin)];

    expect(said).toEqual(['again', 'again', 'again']);
    expect((await world.state()).failures).toBe(1);
  });

  it('counts each question of the flow for itself', async () => {
    const challengeId = await ring(world);

    for (const attempt of ['1', '2', '3']) await world.press(challengeId, wrongPin, { attempt });

    expect((await world.state()).failures).toBe(3);
    expect(await phoneOf()).toMatchObject({ failures: 3, pinFailures: 3 });
  });

  it('says the same again also when the leg has been closed meanwhile', async () => {
    const challengeId = await ring(world);
    await world.press(challengeId, rightPin);
    await world.end(challengeId);

    expect(await world.press(challengeId, rightPin)).toBe('approved');
  });

  it.each(['Timeout', ''])('asks again after silence (%j), and counts nothing', async (keys) => {
    const challengeId = await ring(world);

    expect(await world.press(challengeId, keys)).toBe('again');

    expect((await world.state()).failures).toBeUndefined();
    expect((await world.call(challengeId))?.keyed).toBeUndefined();
  });

  it('locks with the fifth wrong PIN, over all challenges and factors', async () => {
    for (let count = 0; count < 3; count += 1) await world.start({ answer: wrongCode });
    world.stage.clock.advance(600_000);
    const challengeId = await ring(world);

    expect(await world.press(challengeId, wrongPin, { attempt: '1' })).toBe('again');
    expect(await world.press(challengeId, wrongPin, { attempt: '2' })).toBe('locked');
    expect(await world.press(challengeId, wrongPin, { attempt: '2' })).toBe('locked');

    expect((await world.state()).failures).toBe(5);
    expect(await world.press(challengeId, rightPin, { attempt: '3' })).toBe('denied');
  });

  it('takes a PIN out of use with the tenth wrong one, also over locks (A9, D12)', async () => {
    await world.setState((state) => ({ ...state, factors: state.factors.map((factor) => (factor.kind === 'phone' ? { ...factor, failures: 9, pinFailures: 9 } : factor)) }));
    const challengeId = await ring(world);

    await world.press(challengeId, wrongPin);

    expect(await phoneOf()).toMatchObject({ status: 'disabled' });
    expect(await world.press(challengeId, rightPin, { attempt: '2' })).toBe('denied');
    expect((await world.get(challengeId)).factors.map(({ kind }) => kind)).toEqual(['totp']);
  });

  it.each(['9', '0'])('takes %s for a report of fraud: denied, locked until reviewed, everything pending dead (A78)', async (keys) => {
    const other = await world.start();
    const challengeId = await ring(world);

    expect(await world.press(challengeId, keys)).toBe('fraud');
    expect(await world.press(challengeId, keys)).toBe('fraud');

    expect(await world.get(challengeId)).toMatchObject({ status: 'denied', reason: 'fraud-reported' });
    expect((await world.get(other.challengeId)).status).toBe('locked');
    world.stage.clock.advance(1000 * 24 * 3_600_000);
    expect((await world.start({ answer: world.code() })).status).toBe('locked');
    expect((await world.events()).flatMap(({ notice }) => notice ?? [])).toEqual(['fraud-reported']);
  });

  it('listens only to the contact that was placed for this leg (A81)', async () => {
    const challengeId = await ring(world);

    expect(await world.press(challengeId, rightPin, { contactId: 'a-guess' })).toBe('denied');
    expect(await world.press(challengeId, rightPin, { leg: 2 })).toBe('denied');

    expect((await world.get(challengeId)).status).toBe('pending');
    expect((await world.state()).failures).toBeUndefined();
  });

  it('is not fooled by the contact of another challenge', async () => {
    const first = await ring(world);
    const other = await makePhoneCallWorld({ beside: world, userId: 'u-2', numbers: ['+12025550150'] });
    await ring(other);

    expect(await other.press(first, rightPin)).toBe('denied');
  });

  it('asks the flow to try again when the call was answered before its contact was written down', async () => {
    const { challengeId } = await world.start();
    await world.send(challengeId);
    world.carrierAnswers = async () => {
      expect(await problemOf(world.press(challengeId, rightPin, { contactId: 'early' }))).toBe('unavailable');
      return { outcome: 'placed', contactId: 'early' };
    };

    await world.place(challengeId);

    expect(await world.press(challengeId, rightPin, { contactId: 'early' })).toBe('approved');
  });

  it('hears nobody once the leg is over', async () => {
    const challengeId = await ring(world);
    await world.end(challengeId);

    expect(await world.press(challengeId, rightPin)).toBe('denied');
    expect((await world.get(challengeId)).status).toBe('pending');
  });

  it('still counts what was keyed by somebody who hung up at once', async () => {
    const challengeId = await ring(world);
    await world.contact({ type: 'ended', wasConnected: true });

    expect(await world.press(challengeId, rightPin)).toBe('approved');
    expect(await world.end(challengeId)).toBe('done');
    expect((await world.get(challengeId)).status).toBe('approved');
  });

  it('denies what time, another answer or an administrator has ended', async () => {
    const challengeId = await ring(world);
    await world.answer(challengeId, world.code(), { request: 'by-app' }).catch(() => undefined);

    expect(await world.press(challengeId, rightPin)).toBe('denied');
  });

  it('is the only door for a PIN: the API takes none (I7)', async () => {
    const { challengeId } = await world.start();

    expect((await world.answer(challengeId, rightPin)).reason).toBe('wrong-answer');
    expect((await phoneOf())?.failures).toBeUndefined();
  });
});

describe('pressKeys on a call to be confirmed by #', () => {
  it('approves # and nothing else', async () => {
    world = await makePhoneCallWorld({ method: 'call' });
    const challengeId = await ring(world);

    expect(await world.press(challengeId, '5')).toBe('again');
    expect(await world.press(challengeId, '#', { attempt: '2' })).toBe('approved');
    expect((await world.state()).failures).toBeUndefined();
  });
});

describe('pressKeys on a call that asks for the number on the screen', () => {
  it('approves the two digits that the challenge shows, and counts others', async () => {
    world = await makePhoneCallWorld({ method: 'call-match' });
    const challengeId = await ring(world);
    const show = (await world.get(challengeId)).progress?.show ?? '';

    expect(show).toMatch(/^[1-9]\d$/);
    expect(await world.press(challengeId, show === '11' ? '12' : '11')).toBe('again');
    expect(await world.press(challengeId, show, { attempt: '2' })).toBe('approved');
  });
});
