import { beforeEach, describe, expect, it } from 'vitest';
import { minute } from '../../../../../shared/platform/clock.ts';
import { toProfileItem } from '../../../../../shared/users/profile.ts';
import { CarrierUnavailable } from '../../../../../shared/delivery/call-carrier.ts';
import { failCall } from '../../../../../shared/sign-in/phone-call/end-leg.ts';
import { makePhoneCallWorld, primaryNumber, rightPin, ring, secondaryNumber, wrongPin, type PhoneCallWorld } from '../../../../support/phone-call-world.ts';
import { problemOf, wrongCode } from '../../../../support/sign-in-world.ts';

let world: PhoneCallWorld;
beforeEach(async () => {
  world = await makePhoneCallWorld();
});

const failures = async (): Promise<number> => (await world.state()).failures ?? 0;
const progress = async (challengeId: string) => {
  const call = await world.call(challengeId);
  return [call?.leg, call?.state];
};

/** Nobody answers: the carrier says so, and the leg ends. */
async function ignore(challengeId: string): Promise<'again' | 'done'> {
  await world.contact({ type: 'ended', wasConnected: false });
  return world.end(challengeId);
}

describe('the language of a call', () => {
  it('is that of the profile at the moment when it is placed, and takes no room in the state', async () => {
    const { challengeId } = await world.start();
    await world.send(challengeId);
    const size = JSON.stringify(await world.state()).length;
    await world.stage.put(toProfileItem(world.user.home.userKey, { ...world.user.profile, locale: 'fr-CA' }));

    await world.place(challengeId);

    expect(world.dialed[0]).toMatchObject({ language: 'fr', prompts: { p_ask: expect.stringContaining('Bonjour. Ici Acme') as string } });
    expect(JSON.stringify(await world.state())).toHaveLength(size);
  });
});

describe('a call that nobody answers', () => {
  it('is tried five times, each spends an attempt, and the fifth locks (row 1.6)', async () => {
    const challengeId = await ring(world);
    const nexts: string[] = [];

    for (let leg = 1; leg <= 5; leg += 1) {
      expect(await failures()).toBe(leg - 1);
      nexts.push(await ignore(challengeId));
      if (leg < 5) expect((await world.place(challengeId)).next).toBe('wait');
    }

    expect(nexts).toEqual(['again', 'again', 'again', 'again', 'done']);
    expect((await world.get(challengeId)).status).toBe('locked');
    expect(world.dialed.map(({ leg }) => leg)).toEqual([1, 2, 3, 4, 5]);
    expect((await world.place(challengeId)).next).toBe('done');
  });

  it('goes to the other number, and back', async () => {
    world = await makePhoneCallWorld({ numbers: [primaryNumber, secondaryNumber] });
    const challengeId = await ring(world);
    for (let leg = 1; leg < 3; leg += 1) {
      await ignore(challengeId);
      await world.place(challengeId);
    }

    expect(world.dialed.map(({ to }) => to)).toEqual([primaryNumber, secondaryNumber, primaryNumber]);
  });

  it('stays with the number where somebody keyed', async () => {
    world = await makePhoneCallWorld({ numbers: [primaryNumber, secondaryNumber] });
    const challengeId = await ring(world);
    await world.press(challengeId, wrongPin);
    await world.contact({ type: 'ended', wasConnected: true });
    await world.end(challengeId);
    await world.place(challengeId);

    expect(world.dialed.map(({ to }) => to)).toEqual([primaryNumber, primaryNumber]);
  });

  it('begins with the primary number also when that was changed last', async () => {
    world = await makePhoneCallWorld({ numbers: [primaryNumber, secondaryNumber] });
    await world.setState((state) => ({
      ...state,
      factors: state.factors.map((factor) => (factor.kind === 'phone' ? { ...factor, numbers: [...factor.numbers].reverse() } : factor)),
    }));

    const challengeId = await ring(world);

    expect(world.dialed[0]?.to).toBe(primaryNumber);
    expect((await world.get(challengeId)).factors.find(({ kind }) => kind === 'phone')?.hint).toBe('+1 ••• ••• ••42');
    expect((await world.stage.items()).filter(({ pk }) => String(pk).startsWith('NUMBER#'))).toHaveLength(3);
  });

  it('is denied, not locked, where the policy locks later', async () => {
    await world.setPolicy({ lockout: { failures: 10, minutes: 60 } });
    const challengeId = await ring(world);
    for (let leg = 1; leg <= 5; leg += 1) {
      await ignore(challengeId);
      await world.place(challengeId);
    }

    expect(await world.get(challengeId)).toMatchObject({ status: 'denied' });
    expect((await world.state()).lock).toBeUndefined();
  });
});

describe('a call that could not be placed or ended', () => {
  const fail = async (challengeId: string) => (await failCall(world.deps, challengeId, 'workflow-request')).next;

  it('is failed and done: no attempt is spent, and the next send rings', async () => {
    const { challengeId } = await world.start();
    await world.send(challengeId);
    world.carrierAnswers = () => Promise.reject(new CarrierUnavailable('away'));
    await expect(world.place(challengeId)).rejects.toThrow(CarrierUnavailable);

    expect(await fail(challengeId)).toBe('done');

    expect(await world.call(challengeId)).toMatchObject({ state: 'failed', done: true });
    expect((await world.get(challengeId)).status).toBe('pending');
    expect(await failures()).toBe(0);
    expect((await world.events()).map(({ kind }) => kind)).toContain('call-failed');
    world.stage.clock.advance(minute);
    expect((await world.send(challengeId)).progress?.state).toBe('queued');
  });

  it('changes nothing of a call that is over, or that never was', async () => {
    const challengeId = await ring(world);
    await world.press(challengeId, rightPin);
    await world.end(challengeId);
    const before = await world.call(challengeId);

    expect([await fail(challengeId), await fail('chl_nonsense')]).toEqual(['done', 'done']);

    expect(await world.call(challengeId)).toEqual(before);
  });
});

describe('the end of a leg', () => {
  it('counts nothing beside the wrong PIN that was keyed in it', async () => {
    const challengeId = await ring(world);
    await world.press(challengeId, wrongPin);

    expect(await world.end(challengeId)).toBe('again');

    expect(await failures()).toBe(1);
  });

  it('is decided once, however often the task is tried (X10)', async () => {
    const challengeId = await ring(world);

    expect([await world.end(challengeId), await world.end(challengeId)]).toEqual(['again', 'again']);

    expect(await failures()).toBe(1);
  });

  it('is decided once also when the first try died before it closed the leg', async () => {
    const challengeId = await ring(world);
    const { update } = world.stage.table;
    Object.assign(world.deps.table, { update: () => Promise.reject(new Error('killed')) });
    await expect(world.end(challengeId)).rejects.toThrow('killed');
    Object.assign(world.deps.table, { update });

    expect(await world.end(challengeId)).toBe('again');

    expect(await failures()).toBe(1);
    expect(await progress(challengeId)).toEqual([1, 'no-answer']);
  });

  it('ends the call when somebody confirmed', async () => {
    const challengeId = await ring(world);
    await world.press(challengeId, rightPin);

    expect(await world.end(challengeId)).toBe('done');
    expect(await world.call(challengeId)).toMatchObject({ done: true, legClosed: true });
  });

  it('costs nothing when the carrier refused the call, and lets it be sent again', async () => {
    world.carrierAnswers = () => Promise.resolve({ outcome: 'refused', reason: 'DestinationNotAllowedException' });
    const challengeId = await ring(world);

    expect(await world.end(challengeId)).toBe('done');

    expect(await failures()).toBe(0);
    expect(await progress(challengeId)).toEqual([1, 'failed']);
    expect((await world.get(challengeId)).status).toBe('pending');
    world.stage.clock.advance(minute);
    expect((await world.send(challengeId)).progress).toMatchObject({ state: 'queued', attempt: 1 });
  });

  it('is nothing to a challenge that another factor has approved', async () => {
    const challengeId = await ring(world);
    await world.answer(challengeId, world.code());

    expect(await world.end(challengeId)).toBe('done');
    expect(await failures()).toBe(0);
  });
});

describe('placing a leg', () => {
  it('dials under a token of its own, so that a retry rings nobody twice (X13)', async () => {
    const { challengeId } = await world.start();
    await world.send(challengeId);

    const placed = [await world.place(challengeId), await world.place(challengeId)];

    expect(placed).toEqual([{ next: 'wait', leg: 1 }, { next: 'wait', leg: 1 }]);
    expect(new Set(world.dialed.map(({ token }) => token)).size).toBe(1);
    expect(await world.press(challengeId, rightPin)).toBe('approved');
  });

  it('takes up the leg of a try that died after dialing', async () => {
    const { challengeId } = await world.start();
    await world.send(challengeId);
    const { carrierAnswers } = world;
    world.carrierAnswers = () => Promise.reject(new Error('timed out'));
    await expect(world.place(challengeId)).rejects.toThrow('timed out');
    world.carrierAnswers = carrierAnswers;

    expect(await world.place(challengeId)).toEqual({ next: 'wait', leg: 1 });
    expect(new Set(world.dialed.map(({ token }) => token)).size).toBe(1);
  });

  it('hands the carrier what it needs, and no secret', async () => {
    const challengeId = await ring(world);

    const [call] = world.dialed;

    expect(call).toMatchObject({ to: primaryNumber, flow: 'entry', challengeId, leg: 1 });
    expect(JSON.stringify(call)).not.toContain(rightPin);
    expect(Object.keys(call?.prompts ?? {})).toEqual(['p_ask', 'p_again', 'p_approved', 'p_denied', 'p_locked', 'p_fraud', 'p_goodbye']);
  });

  it.each([
    ['was approved otherwise', async (id: string) => world.answer(id, world.code())],
    ['was canceled', async (id: string) => world.cancel(id)],
    ['is locked', async () => world.start({ answer: wrongCode }).then(async () => { for (let count = 0; count < 4; count += 1) await world.start({ answer: wrongCode }); })],
    ['is suspended', async () => world.setState((state) => ({ ...state, suspendedAt: state.lastAt }))],
    ['has run out', () => Promise.resolve(world.stage.clock.advance(10 * minute))],
  ])('calls nobody for a challenge that %s', async (_what, happens: (id: string) => Promise<unknown>) => {
    const { challengeId } = await world.start();
    await world.send(challengeId);
    await happens(challengeId);

    expect((await world.place(challengeId)).next).toBe('done');
    expect(world.dialed).toEqual([]);
  });

  it('knows no call that was not sent, nor a forged id', async () => {
    const { challengeId } = await world.start();

    expect(await world.place(challengeId)).toEqual({ next: 'done', leg: 0 });
    expect(await world.place('chl_forged')).toEqual({ next: 'done', leg: 0 });
    expect(await problemOf(world.end('chl_forged'))).toBe('none');
  });
});
