import { beforeEach, describe, expect, it } from 'vitest';
import { hour, minute } from '../../../../shared/platform/clock.ts';
import { readResult } from '../../../../shared/results/result.ts';
import { betweenMails, makeMailWorld, type MailWorld } from '../../../support/mail-world.ts';
import { issuer, problemOf } from '../../../support/sign-in-world.ts';

let world: MailWorld;
beforeEach(async () => {
  world = await makeMailWorld();
  await world.put({ emailVerified: false });
});

const other = (code: string): string => String((Number(code) + 1) % 1e8).padStart(8, '0');
const kinds = async () => (await world.events()).map(({ kind }) => kind);
const wait = (milliseconds = betweenMails): void => world.stage.clock.advance(milliseconds);

describe('verifying an address', () => {
  it('mails eight digits, and takes them once', async () => {
    const sent = await world.verify();
    const code = world.mailed();

    expect(sent).toEqual({ sentTo: 'u•••@example.com', state: 'sent', expiresAt: '2030-01-15T12:10:00Z' });
    expect(code).toMatch(/^\d{8}$/);
    expect(world.mails[0]).toMatchObject({ to: 'u-1@example.com', subject: expect.stringContaining('verify this address') as string });
    expect(await world.answerMail(` ${code.slice(0, 4)} ${code.slice(4)}`)).toEqual({ emailVerified: true });
    expect((await world.profile()).emailVerified).toBe(true);
    expect(await problemOf(world.answerMail(code))).toBe('nothing-sent');
    expect(await kinds()).toContain('email-verified');
  });

  it('gives no proof: the code is for this and nothing else (A18)', async () => {
    await world.verify('verify');
    expect(await world.answerMail(world.mailed())).not.toHaveProperty('proof');
  });

  it('takes three wrong answers, each counted like any other (D15, D4)', async () => {
    await world.verify();
    const code = world.mailed();
    const answers = [await world.answerMail(other(code)), await world.answerMail(other(code)), await world.answerMail(other(code))];

    expect(answers).toEqual([
      { emailVerified: false, reason: 'wrong-answer', answersLeft: 2 },
      { emailVerified: false, reason: 'wrong-answer', answersLeft: 1 },
      { emailVerified: false, reason: 'denied', answersLeft: 0 },
    ]);
    expect(await problemOf(world.answerMail(code))).toBe('nothing-sent');
    expect((await world.state()).failures).toBe(3);
  });

  it('locks with the fifth wrong answer, and a locked user is sent nothing and verifies nothing (I4)', async () => {
    await world.setState((state) => ({ ...state, failures: 4 }));
    await world.verify();
    const code = world.mailed();

    expect(await world.answerMail(other(code))).toEqual({ emailVerified: false, reason: 'locked', answersLeft: 0 });
    wait();
    expect(await problemOf(world.answerMail(code))).toBe('user-locked');
    expect(await problemOf(world.verify())).toBe('user-locked');
    expect(world.mails).toHaveLength(1);
  });

  it('is over after ten minutes, and when a newer code was mailed', async () => {
    await world.verify();
    const first = world.mailed();
    wait();
    await world.verify();
    const second = world.mailed();

    if (first !== second) expect((await world.answerMail(first)).reason).toBe('wrong-answer');
    wait(10 * minute);
    expect(await problemOf(world.answerMail(second))).toBe('nothing-sent');
  });

  it('answers to the client that asked for it, and for no other address (I7)', async () => {
    await world.verify();
    const code = world.mailed();

    expect(await problemOf(world.answerMail(code, { clientId: 'another-portal-1' }))).toBe('nothing-sent');
    await world.put({ email: 'new@example.com' });
    expect(await problemOf(world.answerMail(code))).toBe('nothing-sent');
    expect((await world.profile()).emailVerified).toBe(false);
  });

  it('answers the same request the same, without another mail (X8)', async () => {
    const sent = await world.verify('verify', { request: 'one' });
    expect(await world.verify('verify', { request: 'one' })).toEqual(sent);
    const right = await world.answerMail(world.mailed(), { request: 'two' });

    expect(await world.answerMail(world.mailed(), { request: 'two' })).toEqual(right);
    expect(world.mails).toHaveLength(1);
  });

  it('is limited for the address and for the user (D20, A85)', async () => {
    await world.verify();
    expect(await problemOf(world.verify())).toBe('too-many-sends');
    for (let count = 1; count < 4; count += 1) {
      wait();
      await world.verify();
    }
    wait();

    expect(await problemOf(world.verify())).toBe('too-many-sends');
    expect(world.mails).toHaveLength(4);
  });

  it('says when the mail could not be sent', async () => {
    world.carrierAnswers = () => Promise.reject(new Error('down'));

    expect(await world.verify()).toMatchObject({ state: 'failed', reason: 'carrier-down' });
  });

  it('mails nothing to an address that mail came back from', async () => {
    const { profile, stage } = world;
    const { toProfileItem } = await import('../../../../shared/users/profile.ts');
    await stage.put(toProfileItem(world.user.home.userKey, { ...(await profile()), emailProblem: 'bounced' }));

    expect(await problemOf(world.verify())).toBe('email-unusable');
    expect(world.mails).toEqual([]);
  });

  it('leaves no code in any item', async () => {
    await world.verify();
    await world.answerMail(other(world.mailed()));

    expect(JSON.stringify(await world.stage.items())).not.toContain(world.mailed());
  });

  it('is not answered by a factor, nor does it answer a challenge', async () => {
    const { challengeId } = await world.start();
    await world.verify();
    const mailedChallenge = (await world.state()).challenges.find(({ mailed }) => mailed);
    const { challengeIdOf } = await import('../../../../shared/sign-in/challenge-view.ts');
    const name = challengeIdOf(world.stage.keys, world.user.home, mailedChallenge?.id ?? new Uint8Array());

    expect(await problemOf(world.type(name, world.code(), world.factorId))).toBe('factor-not-usable');
    expect(await problemOf(world.type(challengeId, world.mailed()))).toBe('nothing-sent');
  });
});

describe('200 answers at once', () => {
  it('that are right verify once, and one hears of it', async () => {
    await world.verify();
    const code = world.mailed();
    const outcomes = await Promise.all(Array.from({ length: 200 }, () => world.answerMail(code).then(({ emailVerified }) => String(emailVerified), (error: unknown) => (error as Error).message)));

    expect(outcomes.filter((outcome) => outcome === 'true')).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(new Set(['true', 'nothing-sent']));
  }, 60_000);

  it('that are wrong are told three times that they are (I3)', async () => {
    await world.verify();
    const wrong = other(world.mailed());
    const outcomes = await Promise.all(Array.from({ length: 200 }, () => world.answerMail(wrong).then(({ reason }) => reason, (error: unknown) => (error as Error).message)));

    expect(outcomes.filter((outcome) => outcome !== 'nothing-sent').toSorted()).toEqual(['denied', 'wrong-answer', 'wrong-answer']);
    expect((await world.state()).failures).toBe(3);
  }, 60_000);
});

describe('a proof by mail', () => {
  it('is a result of low assurance, made to change factors, for a user whose codes come by mail', async () => {
    await world.verify('change-factors');
    const { proof = '' } = await world.answerMail(world.mailed());

    expect(readResult(world.stage.keys, issuer, proof)).toMatchObject({ purpose: 'change-factors', acr: 'low', amr: ['otp'], sub: 'u-1' });
    expect(world.mails[0]?.subject).toContain('change how you confirm');
  });

  it('is nothing for somebody who has no codes by mail', async () => {
    const without = await makeMailWorld({ without: true });

    expect(await problemOf(without.verify('change-factors'))).toBe('email-unusable');
    expect(without.mails).toEqual([]);
  });

  it('waits for its owner, however often somebody asks to verify the address meanwhile, and is no verification', async () => {
    await world.verify('change-factors');
    const code = world.mailed();
    await world.verify('verify');
    const verification = world.mailed();

    expect(await world.answerMail(code)).toHaveProperty('proof');
    expect(await world.answerMail(verification)).toEqual({ emailVerified: true });
  });

  it('has a budget of its own, that asking to verify does not use up', async () => {
    for (let count = 0; count < 4; count += 1) {
      await world.verify('verify');
      wait();
    }
    expect(await problemOf(world.verify('verify'))).toBe('too-many-sends');

    for (let count = 0; count < 5; count += 1) {
      await world.verify('change-factors');
      wait();
    }
    expect(await problemOf(world.verify('change-factors'))).toBe('too-many-sends');
  });

  it('and a code to verify may both be waiting: what is neither counts once, and both are still there', async () => {
    await world.verify('change-factors');
    const code = world.mailed();
    await world.verify('verify');
    const wrong = ['00000001', '00000002', '00000003'].find((each) => each !== code && each !== world.mailed()) ?? '';

    expect(await world.answerMail(wrong)).toMatchObject({ reason: 'wrong-answer', answersLeft: 2 });
    expect((await world.state()).failures).toBe(1);
    expect(await world.answerMail(code)).toHaveProperty('proof');
  });

  it('is none of a new address, however lately the old one was confirmed (A78a)', async () => {
    await world.put({ email: 'new@example.com', emailVerified: true });

    expect(await problemOf(world.verify('change-factors'))).toBe('email-unusable');
  });
});

describe('an address that was changed', () => {
  const alone = async (): Promise<MailWorld> => {
    const made = await makeMailWorld({ only: true });
    await made.put({ email: 'new@example.com' });
    return made;
  };

  it('takes codes over when it is verified, a day after the change, for whoever has nothing stronger (A78a)', async () => {
    const mine = await alone();
    mine.stage.clock.advance(24 * hour);
    await mine.verify();
    await mine.answerMail(mine.mailed());
    const { challengeId } = await mine.start();
    mine.stage.clock.advance(betweenMails);
    await mine.send(challengeId);

    expect(mine.mails.at(-1)?.to).toBe('new@example.com');
    expect((await mine.type(challengeId, mine.mailed())).status).toBe('approved');
    expect((await mine.events()).map(({ notice }) => notice)).toContain('factor-changed');
  });

  it('is verified before that, and takes nothing over', async () => {
    const mine = await alone();
    mine.stage.clock.advance(24 * hour - 1000);
    await mine.verify();

    expect(await mine.answerMail(mine.mailed())).toEqual({ emailVerified: true });
    expect(await mine.start()).toMatchObject({ status: 'denied', reason: 'no-usable-factor' });
  });

  it('takes nothing over from somebody who could prove more (I13)', async () => {
    await world.put({ email: 'new@example.com' });
    wait(48 * hour);
    await world.verify();
    await world.answerMail(world.mailed());

    expect((await world.start()).factors.map(({ kind }) => kind)).toEqual(['totp']);
  });
});
