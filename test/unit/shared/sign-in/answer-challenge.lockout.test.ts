import { beforeEach, describe, expect, it } from 'vitest';
import { decideUnlock } from '../../../../shared/users/decide-unlock.ts';
import { isChanged } from '../../../../shared/user-state/decision.ts';
import { makeSignInWorld, wrongCode, type SignInWorld } from '../../../support/sign-in-world.ts';

let world: SignInWorld;
beforeEach(async () => {
  world = await makeSignInWorld();
});

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

async function guess(times: number, challengeId?: string): Promise<string[]> {
  const id = challengeId ?? (await world.start()).challengeId;
  const statuses: string[] = [];
  for (let count = 0; count < times; count += 1) statuses.push((await world.answer(id, wrongCode)).status);
  return statuses;
}

const lockEnd = async (): Promise<number> => ((await world.state()).lock?.until ?? 0) - world.stage.clock.now();

async function unlock(): Promise<void> {
  const decision = decideUnlock(await world.state(), 'asked', world.stage.clock.now());
  if (isChanged(decision)) await world.setState(() => ({ ...decision.next, version: decision.next.version + 1 }));
}

describe('a user who is guessed at', () => {
  it('is locked by the fifth wrong answer, and a right one comes too late (A1)', async () => {
    const { challengeId } = await world.start();

    expect(await guess(5, challengeId)).toEqual(['pending', 'pending', 'pending', 'pending', 'locked']);

    const late = await world.answer(challengeId, world.code());
    expect(late).toMatchObject({ status: 'locked', lockedUntil: '2030-01-15T13:00:00Z' });
    expect(late.result).toBeUndefined();
  });

  it('tells how many answers are left', async () => {
    const { challengeId } = await world.start();

    const left = [await world.answer(challengeId, wrongCode), await world.answer(challengeId, wrongCode)];

    expect(left.map(({ answersLeft }) => answersLeft)).toEqual([4, 3]);
    expect((await world.get(challengeId)).answersLeft).toBe(3);
  });

  it('starts afresh after a right answer (A2)', async () => {
    const { challengeId } = await world.start();
    await guess(4, challengeId);

    expect((await world.answer(challengeId, world.code())).status).toBe('approved');

    expect((await world.state()).failures).toBeUndefined();
    expect((await world.state()).factors[0]?.failures).toBeUndefined();
  });

  it.each([
    ['another challenge', () => guess(4)],
    ['another client', async () => void (await guess(1, (await world.start({}, {})).challengeId))],
    ['canceling', async () => void (await world.cancel((await world.start()).challengeId))],
  ])('keeps its count through %s (A5, A6)', async (_name, between) => {
    await guess(4);
    await between();

    expect((await world.state()).lock ?? (await guess(1)).at(-1)).toBeTruthy();

    expect((await world.state()).lock?.reason).toBe('failures');
  });

  it('counts over challenges and clients together', async () => {
    const own = await world.start();
    const vpn = await world.start({}, { clientId: 'vpn4567890123456' });
    await guess(2, own.challengeId);
    for (let count = 0; count < 2; count += 1) await world.answer(vpn.challengeId, wrongCode, { clientId: 'vpn4567890123456' });

    const fifth = await world.start({ answer: wrongCode });

    expect(fifth.status).toBe('locked');
    expect((await world.get(own.challengeId)).status).toBe('locked');
  });

  it('is let in again when the hour is over, and not a moment before (A7)', async () => {
    await guess(5);

    world.stage.clock.advance(hour - second);
    expect((await world.start({ answer: world.code() })).status).toBe('locked');
    world.stage.clock.advance(second);
    expect((await world.start({ answer: world.code() })).status).toBe('approved');
  });

  it('is neither locked longer nor less by what is tried meanwhile', async () => {
    await guess(5);
    const until = (await world.state()).lock?.until;

    world.stage.clock.advance(30 * minute);
    for (let count = 0; count < 20; count += 1) await world.start({ answer: wrongCode });

    const state = await world.state();
    expect(state.lock?.until).toBe(until);
    expect(state.failures).toBe(5);
  });

  it('is locked for longer each time: 1 h, 1 h, 4 h, 24 h, 24 h (A8, D5)', async () => {
    const hours: number[] = [];
    for (let count = 0; count < 5; count += 1) {
      await guess(5);
      hours.push((await lockEnd()) / hour);
      world.stage.clock.advance(await lockEnd());
    }

    expect(hours).toEqual([1, 1, 4, 24, 24]);
  });

  it('is locked for longer also after being unlocked, until it signs in', async () => {
    for (let count = 0; count < 2; count += 1) {
      await guess(5);
      await unlock();
    }
    await guess(5);
    expect((await lockEnd()) / hour).toBe(4);

    await unlock();
    await world.start({ answer: world.code() });
    world.stage.clock.advance(minute);
    await guess(5);
    expect((await lockEnd()) / hour).toBe(1);
  });

  it('loses a factor with the fiftieth failure in a row, for good (A8, D6)', async () => {
    await world.setState((state) => ({ ...state, factors: state.factors.map((factor) => ({ ...factor, failures: 49 })) }));
    await guess(1);

    const view = await world.start({ answer: world.code() });

    expect(view).toMatchObject({ status: 'denied', reason: 'no-usable-factor' });
    expect((await world.state()).factors[0]?.status).toBe('disabled');
    expect((await world.events()).find(({ notice }) => notice === 'factor-disabled')).toBeDefined();
  });

  it('keeps the factor’s own count when a lock has ended', async () => {
    await guess(5);
    world.stage.clock.advance(hour);
    await guess(1);

    const state = await world.state();

    expect(state.failures).toBe(1);
    expect(state.factors[0]?.failures).toBe(6);
  });

  it('is told of every wrong answer and of the lock, by notices that are quieted later (A101)', async () => {
    await guess(5);
    await world.start({ answer: wrongCode });

    const notices = (await world.events()).filter(({ notice }) => notice !== undefined);

    expect(notices.map(({ notice }) => notice).sort()).toEqual(['user-locked', ...Array.from({ length: 5 }, () => 'wrong-answer')]);
  });

  it('takes an earlier lock from a stricter policy', async () => {
    await world.setPolicy({ lockout: { failures: 3, minutes: 600 } });

    expect(await guess(3)).toEqual(['pending', 'pending', 'locked']);

    expect((await lockEnd()) / hour).toBe(10);
  });

  it('ends a challenge with its fifth wrong answer, also where the policy locks later (D3)', async () => {
    await world.setPolicy({ lockout: { failures: 10, minutes: 60 } });
    const { challengeId } = await world.start();

    expect(await guess(5, challengeId)).toEqual(['pending', 'pending', 'pending', 'pending', 'denied']);

    expect((await world.answer(challengeId, world.code())).status).toBe('denied');
    expect((await world.state()).lock).toBeUndefined();
  });
});
