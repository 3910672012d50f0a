import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { makePhoneCallWorld, rightPin, ring, type PhoneCallWorld } from '../../../../support/phone-call-world.ts';

let world: PhoneCallWorld;
beforeEach(async () => {
  world = await makePhoneCallWorld();
});

const ringing = { type: 'ringing' } as const;
const connected = { type: 'connected' } as const;
const answered = { type: 'ended', wasConnected: true } as const;
const unanswered = { type: 'ended', wasConnected: false } as const;
const busy = { type: 'ended', wasConnected: false, isBusy: true } as const;

const stateOf = async (challengeId: string) => (await world.call(challengeId))?.state;

describe('recordContact', () => {
  it('shows how the call comes on', async () => {
    const challengeId = await ring(world);
    const seen: unknown[] = [];

    for (const event of [ringing, connected]) {
      await world.contact(event);
      seen.push(await stateOf(challengeId));
    }

    expect(seen).toEqual(['ringing', 'answered']);
  });

  it.each([
    ['nobody answered', unanswered, 'no-answer'],
    ['it was busy', busy, 'busy'],
    ['somebody hung up', answered, 'answered'],
  ])('shortens the wait when %s', async (_what, event, state) => {
    const challengeId = await ring(world);

    expect(await world.contact(event)).toBe('recorded');

    expect(await world.call(challengeId)).toMatchObject({ state, legOutcome: 'ended' });
  });

  it('tells an early event from a stale one: the first comes again', async () => {
    const { challengeId } = await world.start();
    await world.send(challengeId);

    expect(await world.contact(ringing, 'not-yet-known')).toBe('unknown-contact');

    await world.place(challengeId);
    expect(await world.contact(ringing)).toBe('recorded');
    await world.end(challengeId);
    expect(await world.contact(connected)).toBe('stale');
  });

  it('touches no later leg', async () => {
    const challengeId = await ring(world);
    await world.end(challengeId);
    await world.place(challengeId);

    expect(await world.contact(unanswered, `contact-${world.dialed[0]?.token ?? ''}`)).toBe('stale');
    expect(await world.call(challengeId)).toMatchObject({ leg: 2, state: 'queued' });
  });

  it('never undoes what was keyed, whatever comes after it', async () => {
    const challengeId = await ring(world);
    await world.press(challengeId, rightPin);

    for (const event of [unanswered, busy, ringing, answered]) await world.contact(event);

    expect((await world.call(challengeId))?.legOutcome).toBe('approved');
    expect((await world.get(challengeId)).status).toBe('approved');
  });

  it('comes to one outcome for every order, with events lost or repeated (X12)', async () => {
    const events = fc.array(fc.constantFrom(ringing, connected, answered, unanswered, busy), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(events, fc.nat({ max: 6 }), async (comes, keyedAfter) => {
        const own = await makePhoneCallWorld({ beside: world, userId: `u-${String(count++)}`, numbers: [`+1202555${String(count).padStart(4, '0')}`] });
        await own.setPolicy({ spend: { sendsPerDay: 1000 } });
        const challengeId = await ring(own);
        for (const [position, event] of comes.entries()) {
          if (position === keyedAfter) await own.press(challengeId, rightPin);
          await own.contact(event);
        }
        const isKeyed = keyedAfter < comes.length;

        expect((await own.get(challengeId)).status).toBe(isKeyed ? 'approved' : 'pending');
        expect(await own.end(challengeId)).toBe(isKeyed ? 'done' : 'again');
        expect((await own.state()).failures ?? 0).toBe(isKeyed ? 0 : 1);
      }),
      { numRuns: 12 },
    );
  });
});

let count = 100;
