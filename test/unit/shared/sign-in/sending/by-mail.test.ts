import { beforeEach, describe, expect, it } from 'vitest';
import { minute } from '../../../../../shared/platform/clock.ts';
import { readResult } from '../../../../../shared/results/result.ts';
import { betweenMails, makeMailWorld, type MailWorld } from '../../../../support/mail-world.ts';
import { issuer, problemOf } from '../../../../support/sign-in-world.ts';

let world: MailWorld;
beforeEach(async () => {
  world = await makeMailWorld();
});

/** Another code than this one. */
const other = (code: string): string => String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0');

describe('a code by mail', () => {
  it('goes to the confirmed address, in the language of the user, and approves with low assurance (row 4.2)', async () => {
    await world.put({ locale: 'fr-CA' });
    const { challengeId } = await world.start();

    const sent = await world.send(challengeId);
    const answered = await world.type(challengeId, world.mailed());

    expect(sent.progress).toMatchObject({ state: 'sent' });
    expect(sent.factors).toContainEqual(expect.objectContaining({ kind: 'email', hint: 'u•••@example.com', reachedBy: 'mail', answeredBy: 'api' }));
    expect(world.mails).toHaveLength(1);
    expect(world.mails[0]).toMatchObject({
      to: 'u-1@example.com', fromName: 'Acme Corporation', subject: 'Acme Corporation: Votre code de connexion',
      about: { user: world.user.home.userKey, challenge: challengeId, send: '1' },
    });
    expect(world.mailed()).toMatch(/^\d{6}$/);
    expect(answered.status).toBe('approved');
    expect(readResult(world.stage.keys, issuer, answered.result ?? '')).toMatchObject({ acr: 'low', amr: ['otp', 'pwd', 'mfa'] });
  });

  it('has eight digits where it permits a change, and is named so (D15)', async () => {
    const { challengeId } = await world.start({ purpose: 'change-factors' });
    await world.send(challengeId);

    expect(world.mailed()).toMatch(/^\d{8}$/);
    expect(world.mails[0]?.subject).toContain('change how you confirm');
  });

  it('that permits a change may be missed twice, not four times (D15)', async () => {
    const { challengeId } = await world.start({ purpose: 'change-factors' });
    await world.send(challengeId);
    const code = world.mailed();
    const answers = [await world.type(challengeId, other(code)), await world.type(challengeId, other(code)), await world.type(challengeId, other(code))];

    expect(answers.map(({ status, answersLeft }) => [status, answersLeft])).toEqual([['pending', 2], ['pending', 1], ['denied', 0]]);
  });

  it('is for its own challenge, and the newest of that (A16)', async () => {
    const [one, two] = [await world.start(), await world.start()];
    await world.send(one.challengeId);
    const first = world.mailed();
    world.stage.clock.advance(betweenMails);
    await world.send(one.challengeId);
    const second = world.mailed();
    world.stage.clock.advance(betweenMails);
    await world.send(two.challengeId);

    expect((await world.type(two.challengeId, second)).reason).toBe('wrong-answer');
    if (first !== second) expect((await world.type(one.challengeId, first)).reason).toBe('wrong-answer');
    expect((await world.type(one.challengeId, second)).status).toBe('approved');
  });

  it('is over after five minutes, also the right one (D2)', async () => {
    const { challengeId } = await world.start();
    // A phone would make it ten: nothing rings here.
    await world.send(challengeId);
    world.stage.clock.advance(5 * minute);

    expect((await world.type(challengeId, world.mailed())).status).toBe('expired');
  });

  it('is sent once, however often the request comes (X8)', async () => {
    const { challengeId } = await world.start();
    await world.send(challengeId, { request: 'same' });
    const again = await world.send(challengeId, { request: 'same' });

    expect(world.mails).toHaveLength(1);
    expect(again.progress).toMatchObject({ state: 'sent' });
  });

  it('is limited for each address like for a number (D20)', async () => {
    const { challengeId } = await world.start();
    await world.send(challengeId);

    expect(await problemOf(world.send(challengeId))).toBe('too-many-sends');
    expect(world.mails).toHaveLength(1);
    expect(await world.stage.items()).toContainEqual(expect.objectContaining({ pk: expect.stringMatching(/^MAIL#[\w-]{22}$/) as string, sk: 'RECENT' }));
  });

  it('is in no item and no event', async () => {
    const { challengeId } = await world.start();
    await world.send(challengeId);
    const code = world.mailed();
    const wrong = other(code);
    await world.type(challengeId, wrong);
    const written = JSON.stringify(await world.stage.items());

    expect(written).not.toContain(code);
    expect(written).not.toContain(`"${wrong}"`);
  });
});

describe('a mail that does not get away', () => {
  it.each([
    ['the carrier is down', () => Promise.reject(new Error('503')), 'carrier-down'],
    ['the carrier refuses it', () => Promise.resolve({ outcome: 'refused', reason: 'MessageRejected' } as const), 'carrier-refused'],
  ])('is shown as failed when %s, and another factor confirms the same challenge (X15)', async (_what, answers, reason) => {
    world.carrierAnswers = answers;
    const { challengeId } = await world.start();

    const sent = await world.send(challengeId);

    expect(sent).toMatchObject({ status: 'pending', progress: { state: 'failed', reason } });
    expect(await world.record(challengeId)).toMatchObject({ state: 'failed', reason });
    expect(world.mails).toHaveLength(1);
    expect((await world.type(challengeId, world.code(), world.factorId)).status).toBe('approved');
  });
});

describe('an address that is not the confirmed one any more', () => {
  it('gets no code, and the old one gets none either', async () => {
    const { challengeId } = await world.start();
    await world.put({ email: 'new@example.com', emailVerified: true });

    expect(await problemOf(world.send(challengeId))).toBe('factor-not-usable');
    expect(world.mails).toEqual([]);
    expect((await world.start()).factors.map(({ kind }) => kind)).toEqual(['totp']);
  });

  it('makes worthless what was sent before it was changed (X34)', async () => {
    const { challengeId } = await world.start();
    await world.send(challengeId);
    const code = world.mailed();
    await world.put({ email: 'new@example.com' });

    expect(await problemOf(world.type(challengeId, code))).toBe('factor-not-usable');
  });

  it('never switches confirmation off: whoever has nothing else is refused', async () => {
    const alone = await makeMailWorld({ only: true });
    await alone.put({ email: 'new@example.com', emailVerified: true });

    expect(await alone.start()).toMatchObject({ status: 'denied', reason: 'no-usable-factor' });
  });

  it('gets no code even from a state that has not heard of the change', async () => {
    const { challengeId } = await world.start();
    await world.put({ email: 'new@example.com' });
    await world.setState((state) => ({ ...state, factors: state.factors.map(({ ...factor }) => (delete (factor as { unreachable?: string }).unreachable, factor)) }));

    expect(await problemOf(world.send(challengeId))).toBe('email-unusable');
    expect(world.mails).toEqual([]);
  });
});
