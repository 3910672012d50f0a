import { beforeEach, describe, expect, it } from 'vitest';
import { day, hour, minute, second } from '../../../../../shared/platform/clock.ts';
import { codeIn, makeTextWorld, mobile, not, otherMobile, text, withTexts, type TextWorld } from '../../../../support/text-world.ts';
import { problemOf } from '../../../../support/sign-in-world.ts';

let world: TextWorld;
beforeEach(async () => {
  world = await makeTextWorld({ method: 'sms-code' });
});

describe('a text', () => {
  it('is sent once, with six digits, for as long as its challenge lives (D1, D2)', async () => {
    const { challengeId } = await world.start();
    world.stage.clock.advance(10 * second);

    const view = await world.sendText(challengeId, { host: 'portal.acme.example' });

    expect(view).toMatchObject({ status: 'pending', progress: { factorId: world.phoneId, state: 'sent' } });
    expect(view.progress?.show).toBeUndefined();
    expect(world.texts).toEqual([{ to: mobile, text: expect.stringMatching(/^Your Acme Corporation code is \d{6}\. Never share it\./) as string, lifeSeconds: 290, record: { partition: expect.stringMatching(/^CALL#[\w-]{22}$/) as string, send: 1 } }]);
    expect(world.texts[0]?.text.split('\n').at(-1)).toBe(`@portal.acme.example #${codeIn(world.texts)}`);
  });

  it('signs in whoever types its code, once, also as people type it', async () => {
    const challengeId = await text(world);
    const code = codeIn(world.texts);

    expect(await world.typeIn(challengeId, `${code.slice(0, 3)} ${code.slice(3)}`)).toMatchObject({ status: 'approved' });

    expect(await problemOf(world.typeIn(challengeId, code))).toBe('challenge-decided');
  });

  it('speaks the language of the person', async () => {
    const { challengeId } = await world.start();
    await world.sendText(challengeId, { locale: 'fr-CA' });

    expect(world.texts[0]?.text).toMatch(/^Votre code Acme Corporation est \d{6}\. Ne le donnez/);
  });

  it('is not sent again for a request that comes twice (X4)', async () => {
    const { challengeId } = await world.start();
    await world.sendText(challengeId, { request: 'once' });

    const again = await world.sendText(challengeId, { request: 'once' });

    expect(again.progress?.state).toBe('sent');
    expect(world.texts).toHaveLength(1);
    expect((await world.typeIn(challengeId, codeIn(world.texts))).status).toBe('approved');
  });

  it('sent again holds a new code, and the old one is wrong', async () => {
    const challengeId = await text(world);
    const first = codeIn(world.texts);
    world.stage.clock.advance(31 * second);
    await world.sendText(challengeId);

    expect(await world.typeIn(challengeId, first)).toMatchObject({ status: 'pending', reason: 'wrong-answer', answersLeft: 4 });
    expect((await world.typeIn(challengeId, codeIn(world.texts))).status).toBe('approved');
  });

  it('goes to the other number when it is sent again', async () => {
    const two = await makeTextWorld({ method: 'sms-code', numbers: [mobile, otherMobile], beside: world, userId: 'u-2' });
    const challengeId = await text(two);
    two.stage.clock.advance(31 * second);
    await two.sendText(challengeId);

    expect(two.texts.map(({ to }) => to)).toEqual([mobile, otherMobile]);
  });

  it("holds a code for one challenge: another's is wrong, and costs an attempt (A16)", async () => {
    const first = await text(world);
    const code = codeIn(world.texts);
    world.stage.clock.advance(31 * second);
    const second_ = await text(world);

    expect(await world.typeIn(second_, code)).toMatchObject({ status: 'pending', reason: 'wrong-answer', answersLeft: 4 });
    expect(await world.typeIn(first, codeIn(world.texts))).toMatchObject({ status: 'pending', reason: 'wrong-answer', answersLeft: 3 });
  });

  it('locks with the fifth wrong code, over resends and challenges (A5)', async () => {
    const challengeId = await text(world);
    for (let count = 0; count < 3; count += 1) await world.typeIn(challengeId, not(codeIn(world.texts)));
    world.stage.clock.advance(31 * second);
    await world.sendText(challengeId);
    await world.typeIn(challengeId, not(codeIn(world.texts)));

    expect(await world.typeIn(challengeId, not(codeIn(world.texts)))).toMatchObject({ status: 'locked' });
    expect((await world.typeIn(challengeId, codeIn(world.texts))).status).toBe('locked');
  });

  it('cannot be answered before it was sent, nor after its challenge has ended', async () => {
    const { challengeId } = await world.start();
    expect(await problemOf(world.typeIn(challengeId, '123456'))).toBe('nothing-sent');
    await world.sendText(challengeId);
    world.stage.clock.advance(5 * minute);

    expect((await world.typeIn(challengeId, codeIn(world.texts))).status).toBe('expired');
  });
});

describe('what a text may cost (D20, D21, I12)', () => {
  it('is one text to a number in 30 seconds, five in an hour and ten in a day, whoever asks', async () => {
    const limits: string[] = [];
    for (const [wait, count] of [[31 * second, 6], [hour, 6], [hour, 6]] as const) {
      for (let sends = 0; sends < count; sends += 1) {
        const other = await makeTextWorld({ method: 'sms-code', beside: world, userId: `w-${limits.length}` });
        const { challengeId } = await other.start();
        limits.push(await problemOf(other.sendText(challengeId)));
        world.stage.clock.advance(wait === hour ? 31 * second : wait);
      }
      world.stage.clock.advance(hour);
    }

    expect(limits.filter((each) => each === 'none')).toHaveLength(10);
    expect(new Set(limits)).toEqual(new Set(['none', 'too-many-sends']));
    world.stage.clock.advance(day);
    expect((await world.sendText((await world.start()).challengeId)).progress?.state).toBe('sent');
  }, 30_000);

  it('is nothing over the budget of the organization, and nothing in a country that the policy lost', async () => {
    await world.setPolicy({ spend: { sendsPerDay: 0 } });
    expect(await problemOf(text(world))).toBe('spend-limit');
    await world.setPolicy({ spend: { sendsPerDay: 10 }, countries: ['CA'] });
    expect(await problemOf(text(world))).toBe('policy-forbids');

    expect(world.texts).toEqual([]);
  });
});

describe('a carrier that fails', () => {
  it.each([
    ['refuses', () => Promise.resolve({ outcome: 'refused', reason: 'SPEND_LIMIT' } as const), 'carrier-refused'],
    ['knows that the person wrote STOP', () => Promise.resolve({ outcome: 'refused', reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT' } as const), 'opted-out'],
    ['is down, or leaves it in doubt', () => Promise.reject(new Error('time-out')), 'carrier-down'],
  ])('and %s is told as progress, and another factor still signs in (X15)', async (_how, answers, reason) => {
    world.carrierAnswers = answers;
    const { challengeId } = await world.start();

    const view = await world.sendText(challengeId);

    expect(view).toMatchObject({ status: 'pending', progress: { state: 'failed', reason } });
    expect(view.factors.map(({ kind }) => kind)).toContain('totp');
    expect(await world.record(challengeId)).toMatchObject({ state: 'failed', reason });
    expect((await world.answer(challengeId, world.code(), {}).catch(() => ({ status: 'ambiguous' }))).status).toBe('ambiguous');
    expect(world.texts).toHaveLength(1);
  });

  it('that left it in doubt may have sent it: its code counts all the same', async () => {
    world.carrierAnswers = () => Promise.reject(new Error('time-out'));
    const challengeId = await text(world);

    expect((await world.typeIn(challengeId, codeIn(world.texts))).status).toBe('approved');
  });
});

describe('word to the carrier', () => {
  it('is marked with the right answer, and names the text', async () => {
    const challengeId = await text(world);
    expect(await world.record(challengeId)).toMatchObject({ state: 'sent', messageId: 'message-1' });
    await world.typeIn(challengeId, not(codeIn(world.texts)));
    expect((await world.record(challengeId))?.isUsed).toBeUndefined();
    await world.typeIn(challengeId, codeIn(world.texts));

    expect(await world.record(challengeId)).toMatchObject({ isUsed: true, messageId: 'message-1' });
  });
});

describe('a method that is answered by text', () => {
  it('shows its number on the screen alone when numbers are matched', async () => {
    const match = await makeTextWorld({ method: 'sms-reply-match', beside: world, userId: 'u-2' });
    const { challengeId } = await match.start();

    const { progress } = await match.sendText(challengeId);

    expect(progress?.show).toMatch(/^[1-9]\d$/);
    expect(match.texts[0]?.text).not.toMatch(/\d/);
  });

  it('reaches nobody in a country where replies do not arrive', async () => {
    const british = await makeTextWorld({ method: 'sms-reply', numbers: ['+442079460123'], country: 'GB', beside: world, userId: 'u-2' });
    const { challengeId } = await british.start();

    expect(await problemOf(british.sendText(challengeId))).toBe('factor-not-usable');
    expect(british.texts).toEqual([]);
  });

  it('asks one person at a time on a number that two share, and offers the other their other factors', async () => {
    const one = await makeTextWorld({ method: 'sms-reply', beside: world, userId: 'u-2' });
    const other = await makeTextWorld({ method: 'sms-reply', beside: world, userId: 'u-3' });
    await text(one);
    const { challengeId, factors } = await other.start();
    world.stage.clock.advance(31 * second);

    await expect(other.sendText(challengeId)).rejects.toMatchObject({ problem: 'number-in-use', status: 429, members: { retryAfterSeconds: 60 } });

    expect(other.texts).toEqual([]);
    expect(factors.map(({ kind }) => kind)).toContain('totp');
    expect(await one.reply(codeIn(one.texts))).toBe('approved');
    expect((await other.sendText(challengeId)).progress?.state).toBe('sent');
    expect(await other.reply(codeIn(other.texts))).toBe('approved');
  });

  it('leaves a number that was never used to the next one, when its challenge has ended or its text was refused', async () => {
    const one = await makeTextWorld({ method: 'sms-reply', beside: world, userId: 'u-2' });
    const other = await makeTextWorld({ method: 'sms-reply', beside: world, userId: 'u-3' });
    one.carrierAnswers = () => Promise.resolve({ outcome: 'refused', reason: 'X' });
    await text(one);
    world.stage.clock.advance(31 * second);
    await text(other);
    expect(other.texts).toHaveLength(1);
    world.stage.clock.advance(5 * minute);
    one.carrierAnswers = () => Promise.resolve({ outcome: 'accepted', messageId: 'm' });

    await text(one);

    expect(one.texts).toHaveLength(2);
  });

  it('does not keep its own person waiting: a new challenge takes the number over', async () => {
    const one = await makeTextWorld({ method: 'sms-reply', beside: world, userId: 'u-2' });
    const first = await text(one);
    await one.cancel(first);
    world.stage.clock.advance(31 * second);
    const second_ = await text(one);

    expect(await one.reply(codeIn(one.texts))).toBe('approved');
    expect((await one.get(second_)).status).toBe('approved');
  });

  it('is nowhere where nothing receives replies', async () => {
    const one = await makeTextWorld({ method: 'sms-reply', beside: world, userId: 'u-2' });
    const deaf = withTexts(one, one.phone, []);
    const { challengeId } = await deaf.start();

    expect(await problemOf(deaf.sendText(challengeId))).toBe('factor-not-usable');
  });
});
