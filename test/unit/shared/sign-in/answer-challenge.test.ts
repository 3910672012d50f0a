import { beforeEach, describe, expect, it } from 'vitest';
import { makeSignInWorld, problemOf, wrongCode, type SignInWorld } from '../../../support/sign-in-world.ts';

let world: SignInWorld;
beforeEach(async () => {
  world = await makeSignInWorld();
});

const second = 1000;
const minute = 60 * second;

describe('answerChallenge', () => {
  it('approves a right code and hands out a result', async () => {
    const { challengeId } = await world.start();

    const view = await world.answer(challengeId, world.code());

    expect(view).toMatchObject({ status: 'approved', challengeId, factors: [] });
    expect(view.result).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  });

  it.each(['１２３', ' '])('takes a code as people type it (%j between)', async (between) => {
    const { challengeId } = await world.start();
    const code = world.code();
    const typed = between === ' ' ? `${code.slice(0, 3)} ${code.slice(3)}` : code.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));

    const view = await world.answer(challengeId, typed);

    expect(view.status).toBe('approved');
  });

  it.each([-1, 1])('takes the code of the step %i away, for clocks differ', async (offset) => {
    const { challengeId } = await world.start();

    expect((await world.answer(challengeId, world.code(offset))).status).toBe('approved');
  });

  it.each([-2, 2])('counts the code of the step %i away as wrong', async (offset) => {
    const { challengeId } = await world.start();

    expect(await world.answer(challengeId, world.code(offset))).toMatchObject({ status: 'pending', reason: 'wrong-answer', answersLeft: 4 });
  });

  it('refuses a code that was used, without counting it (A19)', async () => {
    const [one, other] = [await world.start(), await world.start()];
    const code = world.code();
    await world.answer(one.challengeId, code);

    expect(await problemOf(world.answer(other.challengeId, code))).toBe('answer-used');

    expect((await world.state()).failures).toBeUndefined();
    expect((await world.get(other.challengeId)).status).toBe('pending');
  });

  it('refuses the code of an older step once a newer one was accepted', async () => {
    const [one, other] = [await world.start(), await world.start()];
    await world.answer(one.challengeId, world.code());

    expect(await problemOf(world.answer(other.challengeId, world.code(-1)))).toBe('answer-used');
  });

  it('takes the next code of the same app for another challenge', async () => {
    const [one, other] = [await world.start(), await world.start()];
    await world.answer(one.challengeId, world.code());

    expect((await world.answer(other.challengeId, world.code(1))).status).toBe('approved');
  });

  it('tells another request only that the challenge is decided, and shows its result to whoever may read it', async () => {
    const { challengeId } = await world.start();
    const { result } = await world.answer(challengeId, world.code());

    expect(await problemOf(world.answer(challengeId, world.code(1)))).toBe('challenge-decided');

    expect((await world.get(challengeId)).result?.split('.')[1]).toBe(result?.split('.')[1]);
  });

  it('gives the same request the same answer again (X2)', async () => {
    const { challengeId } = await world.start();
    const code = world.code();

    const first = await world.answer(challengeId, code, { request: 'once' });
    const again = await world.answer(challengeId, code, { request: 'once' });

    expect(again.status).toBe('approved');
    expect(again.result?.split('.')[1]).toBe(first.result?.split('.')[1]);
  });

  it('counts a wrong answer that comes twice under one name once', async () => {
    const { challengeId } = await world.start();

    const answers = [await world.answer(challengeId, wrongCode, { request: 'once' }), await world.answer(challengeId, wrongCode, { request: 'once' })];

    expect(answers.map(({ answersLeft }) => answersLeft)).toEqual([4, 4]);
    expect((await world.state()).failures).toBe(1);
  });

  it('refuses another answer under the name of the first', async () => {
    const { challengeId } = await world.start();
    await world.answer(challengeId, wrongCode, { request: 'once' });

    expect(await problemOf(world.answer(challengeId, world.code(), { request: 'once' }))).toBe('idempotency-conflict');
  });

  it('knows no challenge of another client (I7)', async () => {
    const { challengeId } = await world.start();

    expect(await problemOf(world.answer(challengeId, world.code(), { clientId: 'vpn4567890123456' }))).toBe('not-found');
  });

  it('ends a challenge by time', async () => {
    const { challengeId } = await world.start();
    world.stage.clock.advance(5 * minute);

    expect((await world.answer(challengeId, world.code())).status).toBe('expired');
  });

  it('takes the stricter of the policy at the start and now (X32)', async () => {
    const { challengeId } = await world.start();
    await world.setPolicy({ methods: ['phone:call'] });

    expect(await problemOf(world.answer(challengeId, world.code()))).toBe('factor-not-usable');

    await world.setPolicy({ methods: ['totp'], minimumAcr: 'app' });
    expect(await problemOf(world.answer(challengeId, world.code()))).toBe('factor-not-usable');
  });

  it('refuses a factor that was taken out of use since (X33)', async () => {
    const { challengeId } = await world.start();
    await world.setState((state) => ({ ...state, version: state.version + 1, factors: [] }));

    expect(await problemOf(world.answer(challengeId, world.code()))).toBe('factor-not-usable');
  });

  it('writes one event for each decision, with its verdict and without the answer (I9, I10)', async () => {
    const { challengeId } = await world.start();
    await world.answer(challengeId, wrongCode);
    await world.answer(challengeId, world.code());

    const events = await world.events();

    expect(events.map(({ kind }) => kind)).toEqual(['challenge-started', 'answer-wrong', 'challenge-approved']);
    expect(events.at(-1)?.['detail']).toMatchObject({ verdict: 'right', method: 'totp', strength: 'otp' });
    expect(JSON.stringify(events)).not.toContain(world.code());
  });

  it('burns what could have been used before a restore (A113)', async () => {
    const { challengeId } = await world.start();
    const code = world.code();
    await world.setState((state) => ({ ...state, restoredAt: world.stage.clock.now() }));
    world.stage.clock.advance(second);
    const after = await world.start();

    expect((await world.answer(challengeId, code)).status).toBe('expired');
    expect(await problemOf(world.answer(after.challengeId, code))).toBe('answer-used');
    world.stage.clock.advance(minute);
    expect((await world.answer(after.challengeId, world.code())).status).toBe('approved');
  });
});
