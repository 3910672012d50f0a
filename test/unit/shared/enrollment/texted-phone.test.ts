import { beforeEach, describe, expect, it } from 'vitest';
import { minute, second } from '../../../../shared/platform/clock.ts';
import { codeIn, mobile, not, otherMobile, textMethods, withTexts, type TextWorld } from '../../../support/text-world.ts';
import { withSetUp, type SetUpWorld } from '../../../support/set-up-world.ts';
import { makeSignInWorld, problemOf } from '../../../support/sign-in-world.ts';

let world: TextWorld;
let setUp: SetUpWorld;
/** With an app to give proofs by; the sender of texts writes down what it sends. */
beforeEach(async () => {
  const signIn = await makeSignInWorld();
  await signIn.setPolicy({ methods: ['totp', 'phone:call', 'phone:call-pin', ...textMethods], countries: ['US', 'CA', 'GB'] });
  world = withTexts(signIn, new Uint8Array(8));
  setUp = withSetUp(world, { text: world.sender });
});

const phone = { kind: 'phone', numbers: { primary: mobile } } as const;
const add = async (method: 'sms-code' | 'sms-reply' | 'sms-reply-pin' | 'sms-reply-match', more: object = {}) =>
  setUp.add({ ...phone, method, ...(method === 'sms-reply-pin' ? { pin: '482913' } : {}), ...more }, { proofs: [await setUp.proof()] });

describe('a telephone that is to be texted', () => {
  it('is proved by the code that is typed where it was asked for', async () => {
    const added = await add('sms-code');

    expect(added).toMatchObject({ status: 'proving', method: 'sms-code', answeredBy: 'api', reachedBy: 'text', progress: { state: 'sent' } });
    expect(world.texts[0]?.text).toContain('code to add this phone is');
    expect(await setUp.confirm(added['factorId'], not(codeIn(world.texts)))).toMatchObject({ status: 'proving', reason: 'wrong-answer' });
    expect(await setUp.confirm(added['factorId'], codeIn(world.texts))).toMatchObject({ status: 'active' });
  });

  it.each(['sms-reply', 'sms-reply-pin', 'sms-reply-match'] as const)('by %s is proved by the reply', async (method) => {
    const added = await add(method);
    const shown = (added['progress'] as { show?: string }).show;
    const answer = { 'sms-reply': codeIn(world.texts), 'sms-reply-pin': `${codeIn(world.texts)}482913`, 'sms-reply-match': shown ?? '' }[method];

    expect(await problemOf(setUp.confirm(added['factorId'], answer))).toBe('wrong-channel');
    expect(await world.reply(answer)).toBe('approved');

    expect(await setUp.read(added['factorId'])).toMatchObject({ status: 'active' });
  });

  it('that says NO is not added, and nobody is locked out by it', async () => {
    const added = await add('sms-reply');

    expect(await world.reply('NO')).toBe('fraud-reported');

    expect(await setUp.read(added['factorId'])).toMatchObject({ status: 'proving' });
    expect((await world.start()).status).toBe('pending');
  });

  it('is texted again when asked, with a new code', async () => {
    const added = await add('sms-code');
    world.stage.clock.advance(31 * second);
    const first = codeIn(world.texts);

    expect(await setUp.callAgain(added['factorId'])).toMatchObject({ progress: { state: 'sent' } });
    expect(await setUp.confirm(added['factorId'], first)).toMatchObject({ reason: 'wrong-answer' });
    expect(await setUp.confirm(added['factorId'], codeIn(world.texts))).toMatchObject({ status: 'active' });
  });

  it('keeps the old number until the new one was reached', async () => {
    const added = await add('sms-code');
    await setUp.confirm(added['factorId'], codeIn(world.texts));
    world.stage.clock.advance(minute);
    await setUp.change(added['factorId'], { numbers: { primary: otherMobile } }, { proofs: [await setUp.proof()] });

    expect(world.texts.at(-1)?.to).toBe(otherMobile);
    expect(await setUp.read(added['factorId'])).toMatchObject({ hint: '+1 ••• ••• ••42' });
    expect(await setUp.confirm(added['factorId'], codeIn(world.texts))).toMatchObject({ hint: '+1 ••• ••• ••43' });
  });

  it('stays proving when the carrier is down, and is texted later', async () => {
    world.carrierAnswers = () => Promise.reject(new Error('down'));
    const added = await add('sms-code');

    expect(added).toMatchObject({ status: 'proving', progress: { state: 'failed', reason: 'carrier-down' } });
    world.stage.clock.advance(31 * second);
    world.carrierAnswers = () => Promise.resolve({ outcome: 'accepted', messageId: 'm' });
    await setUp.callAgain(added['factorId']);
    expect(await setUp.confirm(added['factorId'], codeIn(world.texts))).toMatchObject({ status: 'active' });
  });
});

describe('a telephone that cannot be texted', () => {
  it.each([
    ['a fixed line', { numbers: { primary: '+442079460123' } }, 'sms-code'],
    ['one with an extension', { numbers: { primary: { country: 'US/CA', phoneNumber: '2025550142', extension: '12' } } }, 'sms-code'],
    ['a second one that is a fixed line', { numbers: { primary: mobile, secondary: '+442079460123' } }, 'sms-code'],
  ] as const)('is %s', async (_which, numbers, method) => {
    expect(await problemOf(add(method, numbers))).toBe('number-refused');
    expect(world.texts).toEqual([]);
  });

  it('may be texted a code where only replies do not arrive', async () => {
    const deaf = withTexts(world, new Uint8Array(8), ['CA']);
    setUp = withSetUp(deaf, { text: deaf.sender });

    expect(await problemOf(add('sms-reply'))).toBe('number-refused');
    expect(await add('sms-code')).toMatchObject({ progress: { state: 'sent' } });
  });

  it('cannot be changed to a method that texts it', async () => {
    const proofs = [await setUp.proof()];
    const added = await setUp.add({ kind: 'phone', method: 'call', numbers: { primary: '+442079460123' } }, { proofs });
    const telephone = setUp.telephone(added['factorId']);
    await telephone.place(await setUp.provingId(added['factorId']));
    await telephone.press(await setUp.provingId(added['factorId']), '#');

    expect(await problemOf(setUp.change(added['factorId'], { method: 'sms-code' }, { proofs: [await setUp.proof()] }))).toBe('number-refused');
  });

  it('is any, where the stage sends no texts', async () => {
    setUp = withSetUp(world);

    expect(await problemOf(add('sms-code'))).toBe('policy-forbids');
    expect(await problemOf(add('sms-reply'))).toBe('number-refused');
  });

  it('is one whose method the policy does not list', async () => {
    await world.setPolicy({ methods: ['totp', 'phone:call'] });

    expect(await problemOf(add('sms-code'))).toBe('policy-forbids');
  });

  it('takes a PIN only where the PIN is part of the reply', async () => {
    expect(await problemOf(add('sms-reply-pin', { pin: undefined }))).toBe('pin-refused');
  });
});
