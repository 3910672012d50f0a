import { beforeEach, describe, expect, it } from 'vitest';
import { betweenMails, makeMailWorld, type MailWorld } from '../../../support/mail-world.ts';
import { problemOf } from '../../../support/sign-in-world.ts';

const wait = (world: MailWorld): void => world.stage.clock.advance(betweenMails);

/** A result of the app, made to change factors. */
async function byApp(world: MailWorld): Promise<string> {
  wait(world);
  return (await world.start({ answer: world.code(), purpose: 'change-factors', factorId: world.factorId })).result ?? '';
}

async function byMail(world: MailWorld): Promise<string> {
  wait(world);
  await world.verify('change-factors');
  return (await world.answerMail(world.mailed())).proof ?? '';
}

describe('enabling codes by mail (row 4.1)', () => {
  let world: MailWorld;
  beforeEach(async () => {
    world = await makeMailWorld({ without: true });
  });

  it('mails a code to the verified address, and counts when that comes back', async () => {
    const added = await world.add({ proofs: [await byApp(world)] });
    expect(added).toMatchObject({ kind: 'email', status: 'proving', hint: 'u•••@example.com', acr: 'low', progress: { state: 'sent' } });
    expect(world.mails[0]?.subject).toContain('confirm sign-ins by email');

    expect(await world.confirm(added['factorId'], world.mailed())).toMatchObject({ status: 'active' });
    expect((await world.start()).factors.map(({ kind }) => kind)).toContain('email');
  });

  it('takes no code that was not mailed for it', async () => {
    const added = await world.add({ proofs: [await byApp(world)] });
    const wrong = String((Number(world.mailed()) + 1) % 1e6).padStart(6, '0');

    expect(await world.confirm(added['factorId'], wrong)).toMatchObject({ status: 'proving', reason: 'wrong-answer' });
  });

  it.each([
    ['that is not verified', { emailVerified: false }],
    ['that took another’s place', { email: 'new@example.com' }],
  ])('is refused for an address %s', async (_which, fields) => {
    const proof = await byApp(world);
    await world.put(fields);

    expect(await problemOf(world.add({ proofs: [proof] }))).toBe('email-unusable');
    expect(world.mails).toEqual([]);
  });

  it('is refused where the policy does not allow it, as it does not by default', async () => {
    const proof = await byApp(world);
    await world.setPolicy({ methods: ['totp'] });
    expect(await problemOf(world.add({ proofs: [proof] }))).toBe('policy-forbids');

    await world.setPolicy({ methods: ['totp', 'email'], minimumAcr: 'otp' });
    expect(await problemOf(world.add({ proofs: [proof] }))).toBe('policy-forbids');
  });

  it('is possible once', async () => {
    const both = await makeMailWorld();
    expect(await problemOf(both.add({ proofs: [await byApp(both)] }))).toBe('factor-exists');
  });
});

describe('disabling codes by mail (row 4.3)', () => {
  it('takes an emailed code and the strongest other factor, where there is one (A70a)', async () => {
    const world = await makeMailWorld();

    expect(await problemOf(world.remove({ proofs: [await byMail(world)] }))).toBe('proof-required');
    expect(await problemOf(world.remove({ proofs: [await byApp(world)] }))).toBe('proof-required');
    expect(await problemOf(world.change({ status: 'inactive' }, { proofs: [await byApp(world)] }))).toBe('proof-required');
    await world.remove({ proofs: [await byMail(world), await byApp(world)] });

    expect((await world.state()).factors.map(({ kind }) => kind)).toEqual(['totp']);
  });

  it('takes an emailed code alone from whoever has nothing else', async () => {
    const world = await makeMailWorld({ only: true });

    expect(await problemOf(world.remove())).toBe('proof-required');
    await world.remove({ proofs: [await byMail(world)] });
    expect((await world.state()).factors).toEqual([]);
  });

  it('takes a proof once', async () => {
    const world = await makeMailWorld();
    const proofs = [await byMail(world), await byApp(world)];
    await world.change({ status: 'inactive' }, { proofs });

    expect(await problemOf(world.remove({ proofs }))).toBe('proof-invalid');
  });

  it('asks for no mailed code where none arrives any more', async () => {
    const world = await makeMailWorld();
    await world.put({ email: 'new@example.com' });

    await world.remove({ proofs: [await byApp(world)] });
    expect((await world.state()).factors.map(({ kind }) => kind)).toEqual(['totp']);
  });

  it('never takes a stronger factor away for a mailed code (A70a, I13)', async () => {
    const world = await makeMailWorld();
    const { removeFactor } = await import('../../../../shared/enrollment/remove-factor.ts');
    const proofs = [await byMail(world)];
    const about = await world.about({}, 'remove');
    const deps = { ...world.deps, senders: {} };

    expect(await problemOf(removeFactor(deps, { ...about, clientId: 'portal1234567890', proofs }, world.factorId))).toBe('proof-required');
  });
});

describe('a mail that comes back', () => {
  it('ends codes by mail until an administrator says that mail arrives again', async () => {
    const world = await makeMailWorld();
    const { markEmail } = await import('../../../../shared/users/mark-email.ts');
    const trouble = { userKey: world.user.home.userKey, addresses: ['u-1@example.com'], problem: 'bounced', messageId: 'mail-1' } as const;
    await markEmail(world.stage.deps, trouble, 'request');
    expect((await world.start()).factors.map(({ kind }) => kind)).toEqual(['totp']);

    await world.put({ emailProblem: null });
    expect((await world.start()).factors.map(({ kind }) => kind)).toEqual(['totp', 'email']);
  });
});
