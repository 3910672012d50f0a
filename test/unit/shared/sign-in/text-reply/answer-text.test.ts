import { beforeEach, describe, expect, it } from 'vitest';
import { minute, second } from '../../../../../shared/platform/clock.ts';
import { codeIn, makeTextWorld, mobile, not, otherMobile, rightPin, sealEntry, text, wrongPin, type TextWorld } from '../../../../support/text-world.ts';
import { problemOf } from '../../../../support/sign-in-world.ts';

let world: TextWorld;
beforeEach(async () => {
  world = await makeTextWorld();
});
const statusOf = async (challengeId: string) => (await world.get(challengeId)).status;
const kinds = async () => (await world.events()).map(({ kind }) => kind);

describe('a reply', () => {
  it.each([
    ['as it stands', (code: string) => code],
    ['with spaces', (code: string) => ` ${code.slice(0, 2)} ${code.slice(2)} `],
    ['in full-width digits', (code: string) => [...code].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('')],
    ['in a sentence', (code: string) => `it says ${code} thanks`],
  ])('with the code %s signs in', async (_how, write) => {
    const challengeId = await text(world);

    expect(await world.reply(write(codeIn(world.texts)))).toBe('approved');

    const { status, result } = await world.get(challengeId);
    expect(status).toBe('approved');
    expect(await world.redeem(result ?? '')).toMatchObject({ acr: 'pstn', amr: ['tel', 'pwd', 'mfa'] });
  });

  it('signs in with code and PIN, and a PIN without its code is never tried', async () => {
    world = await makeTextWorld({ method: 'sms-reply-pin' });
    const challengeId = await text(world);
    const code = codeIn(world.texts);

    expect(await world.reply(code)).toBe('pending');
    expect(await world.reply(`${code}${wrongPin}`)).toBe('pending');
    expect(await world.reply(`${not(code)}${rightPin}`)).toBe('pending');
    expect((await world.state()).factors.find(({ kind }) => kind === 'phone')?.pinFailures).toBe(2);
    expect(await world.reply(`${code} ${rightPin}`)).toBe('approved');

    const { result } = await world.get(challengeId);
    expect(await world.redeem(result ?? '')).toMatchObject({ amr: ['tel', 'pin', 'pwd', 'mfa'] });
  });

  it('signs in with the number on the screen', async () => {
    world = await makeTextWorld({ method: 'sms-reply-match' });
    const { challengeId } = await world.start();
    const { progress } = await world.sendText(challengeId);

    expect(await world.reply('11'.replace('11', progress?.show === '11' ? '12' : '11'))).toBe('pending');
    expect(await world.reply(`${progress?.show ?? ''}.`)).toBe('approved');
    expect(await statusOf(challengeId)).toBe('approved');
  });

  it('counts when it is wrong, and the fifth locks', async () => {
    const challengeId = await text(world);
    const outcomes = [];
    for (let count = 0; count < 5; count += 1) outcomes.push(await world.reply(not(codeIn(world.texts))));

    expect(outcomes).toEqual(['pending', 'pending', 'pending', 'pending', 'locked']);
    expect(await world.reply(codeIn(world.texts))).not.toBe('approved');
    expect(await statusOf(challengeId)).toBe('locked');
  });

  it('with several codes is one wrong answer', async () => {
    await text(world);
    const code = codeIn(world.texts);

    expect(await world.reply(`${not(code)} ${code}`)).toBe('pending');
    expect((await world.state()).failures).toBe(1);
  });

  it('cannot be typed on the page, nor can a code that is typed be replied (I7)', async () => {
    const challengeId = await text(world);
    expect(await problemOf(world.typeIn(challengeId, codeIn(world.texts)))).toBe('wrong-channel');
    const typed = await makeTextWorld({ method: 'sms-code', beside: world, userId: 'u-2', numbers: [otherMobile] });
    await text(typed);

    expect(await typed.reply(codeIn(typed.texts), { from: otherMobile })).toBe('unknown');
  });
});

describe('a text that answers nothing', () => {
  it.each([
    ['STOP', 'stop'], ['stop 123456', 'stop'], ['HELP', 'help'], ['ok', 'nothing'], ['', 'nothing'], ['NO 123456', 'nothing'],
  ])('%j comes to %s, and moves nothing', async (words, outcome) => {
    const challengeId = await text(world);
    const { version } = await world.state();

    expect(await world.reply(words)).toBe(outcome);

    expect((await world.state()).version).toBe(version);
    expect(await statusOf(challengeId)).toBe('pending');
    expect(await world.reply(codeIn(world.texts))).toBe('approved');
  });

  it('comes from a number that nobody waits for', async () => {
    await text(world);

    expect(await world.reply(codeIn(world.texts), { from: otherMobile })).toBe('unknown');
    expect(await world.reply(codeIn(world.texts), { from: '12' })).toBe('unknown');
    expect((await world.state()).failures).toBeUndefined();
  });

  it('comes too late: refused, and counted in the trail without a word to anyone', async () => {
    const challengeId = await text(world);
    world.stage.clock.advance(5 * minute);

    expect(await world.reply(codeIn(world.texts))).toBe('over');

    expect(await statusOf(challengeId)).toBe('expired');
    expect(await kinds()).toContain('answer-refused');
  });

  it('comes after the challenge was decided otherwise', async () => {
    const challengeId = await text(world);
    await world.cancel(challengeId);

    expect(await world.reply(codeIn(world.texts))).toBe('over');
    expect(await statusOf(challengeId)).toBe('canceled');
  });

  it('holds the code of the text before (X34)', async () => {
    const challengeId = await text(world);
    const first = codeIn(world.texts);
    world.stage.clock.advance(31 * second);
    await world.sendText(challengeId);

    expect(await world.reply(first)).toBe('pending');
    expect((await world.state()).failures).toBe(1);
  });

  it('comes from a number that was replaced since the text (X34)', async () => {
    const challengeId = await text(world);
    const numbers = [sealEntry(world, world.phone, otherMobile, 'US')];
    await world.setState((state) => ({ ...state, factors: state.factors.map((factor) => (factor.kind === 'phone' ? { ...factor, numbers } : factor)) }));

    expect(await world.reply(codeIn(world.texts))).toBe('over');
    expect(await world.reply(codeIn(world.texts), { from: otherMobile })).toBe('unknown');
    expect(await statusOf(challengeId)).toBe('pending');
  });

  it('is for somebody who was suspended, locked or erased meanwhile', async () => {
    await text(world);
    await world.setState((state) => ({ ...state, suspendedAt: state.lastAt }));
    expect(await world.reply(codeIn(world.texts))).toBe('over');
    const { pk, sk } = { pk: `USER#${world.user.home.userKey}`, sk: 'STATE' };
    await world.stage.put({ pk: { S: pk }, sk: { S: sk }, version: { N: '99' }, erasedAt: { N: '1' } });

    expect(await world.reply(codeIn(world.texts))).toBe('unknown');
  });
});

describe('the same text twice', () => {
  it('is answered from its receipt: once right, once wrong', async () => {
    await text(world);
    const code = codeIn(world.texts);
    expect(await world.reply(not(code), { messageId: 'a' })).toBe('pending');
    expect(await world.reply(not(code), { messageId: 'a' })).toBe('pending');
    expect((await world.state()).failures).toBe(1);

    expect(await world.reply(code, { messageId: 'b' })).toBe('approved');
    const { version } = await world.state();
    // The number is free again, so that the second delivery finds nobody waiting there.
    expect(await world.reply(code, { messageId: 'b' })).toBe('unknown');
    expect((await world.state()).version).toBe(version);
  });
});

describe('NO', () => {
  it.each(['NO', 'fraud', 'Non'])('%j denies, locks for review and tells (A78)', async (word) => {
    const challengeId = await text(world);

    expect(await world.reply(word)).toBe('fraud-reported');

    expect(await world.get(challengeId)).toMatchObject({ status: 'denied', reason: 'fraud-reported' });
    expect(await kinds()).toEqual(expect.arrayContaining(['fraud-reported', 'user-locked']));
    expect((await world.start()).status).toBe('locked');
    expect(await world.reply(codeIn(world.texts))).toBe('unknown');
  });
});

describe('what is kept of a reply', () => {
  it('is no word of it, in no item (P6, I10)', async () => {
    world = await makeTextWorld({ method: 'sms-reply-pin' });
    await text(world);
    const code = codeIn(world.texts);
    await world.reply(`canary ${not(code)}${wrongPin}`);
    await world.reply(`${code}${rightPin}`, { previousMessageId: 'message-1' });

    const kept = JSON.stringify(await world.stage.items());

    for (const secret of ['canary', code, not(code), rightPin, wrongPin, mobile, mobile.slice(1)]) expect(kept).not.toContain(secret);
  });

  it('is that the text before it was of use, for its carrier', async () => {
    const challengeId = await text(world);
    await world.reply(not(codeIn(world.texts)), { previousMessageId: 'message-1' });
    expect((await world.record(challengeId))?.isUsed).toBeUndefined();
    await world.reply(codeIn(world.texts), { previousMessageId: 'message-1' });

    expect(await world.record(challengeId)).toMatchObject({ isUsed: true, messageId: 'message-1' });
  });
});
