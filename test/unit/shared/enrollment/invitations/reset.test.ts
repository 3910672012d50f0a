import { beforeEach, describe, expect, it } from 'vitest';
import { createPageSession } from '../../../../../shared/pages/create-page-session.ts';
import { openSession } from '../../../../../shared/pages/open-session.ts';
import { invitationLife } from '../../../../../shared/user-state/enrollment.ts';
import { mfaOf } from '../../../../../shared/user-state/mfa-status.ts';
import type { Factor } from '../../../../../shared/user-state/factor.ts';
import { makeEnrollmentWorld, type EnrollmentWorld } from '../../../../support/enrollment-world.ts';
import { problemOf, wrongCode } from '../../../../support/sign-in-world.ts';
import { codeOfKey, withSetUp } from '../../../../support/set-up-world.ts';

let world: EnrollmentWorld;
let opened: { secret: unknown };
const context = { requestId: 'r', door: 'page' } as const;

/** A user who confirms by an authenticator app, set up by an invitation. */
beforeEach(async () => {
  world = await makeEnrollmentWorld();
  const { enrollmentId } = await world.invite();
  await world.advance(enrollmentId);
  const page = await world.press(world.link());
  const added = await world.add(page);
  await world.confirm(page, added);
  opened = { secret: added['secret'] };
  world.stage.clock.advance(31_000);
});

const givePhone = () =>
  world.setState((state) => ({ ...state, factors: [...state.factors, { id: new Uint8Array(8).fill(7), kind: 'phone', status: 'active', createdAt: state.lastAt, method: 'call', numbers: [{ slot: 'primary', number: new Uint8Array(40), proved: true }] } satisfies Factor] }));

describe('after a reset, somebody with the password (A74a)', () => {
  it('neither signs in nor sets up, whatever the policy requires and however long the window', async () => {
    await world.reset();

    for (const enforcement of ['optional', 'offered', 'required'] as const) {
      await world.setPolicy({ enforcement, setUpWindowDays: 365 });
      expect(await world.start()).toMatchObject({ status: 'denied', reason: 'invitation-needed', factors: [] });
      expect(await world.start({ answer: wrongCode })).toMatchObject({ status: 'denied', reason: 'invitation-needed' });
      expect(await world.start({ purpose: 'change-factors' })).toMatchObject({ status: 'denied' });
    }
    expect(await problemOf(withSetUp(world).add({ kind: 'totp' }))).toBe('invitation-needed');
    expect((await world.state()).challenges.filter(({ status }) => status === 'pending')).toEqual([]);
  });

  it('cannot use what was begun before: pending challenges, results, answers that were remembered', async () => {
    const pending = await world.start();
    const approved = await world.start({ answer: codeNow() });
    await world.reset();

    expect(await world.get(pending.challengeId)).toMatchObject({ status: 'denied', reason: 'reset' });
    expect(await world.answer(pending.challengeId, codeNow(1))).toMatchObject({ status: 'denied', factors: [] });
    expect(await problemOf(world.redeem(approved.result ?? ''))).not.toBe('none');
    expect((await world.get(approved.challengeId)).result).toBeUndefined();
  });

  it('opens no page: not by the portal, not by an address that was made before, not in a session that was open', async () => {
    const { client } = await world.stage.makeClient({ returnUrls: ['https://portal.example.com/back'] });
    const admitted = async () => ({ client, home: world.user.home, organization: world.organization, state: await world.state(), also: [] });
    const ask = async () => createPageSession(world.own, await admitted(), { page: 'security', returnUrl: 'https://portal.example.com/back', pagesUrl: 'https://pages.example.com', profile: await world.profile(), context });
    const { url } = await ask();
    await world.reset();

    expect(await problemOf(ask())).toBe('invitation-needed');
    expect(await problemOf(openSession(world.own, url.split('#')[1] ?? '', context))).toBe('page-session-over');
  });

  it('is kept out by an expired invitation as well', async () => {
    await world.reset();
    world.stage.clock.advance(invitationLife + 1000);

    expect(await world.start()).toMatchObject({ status: 'denied', reason: 'invitation-needed' });
  });
});

describe('a reset', () => {
  it('removes every factor, tells the user, and invites anew: by that, and only that, they come back', async () => {
    await world.reset();
    const { enrollment } = await world.state();
    const view = (await world.stage.items()).find(({ sk, state }) => sk === 'ENROLLMENT' && state === 'invited');
    await world.advance(String(view?.['enrollmentId']));

    const page = await world.press(world.link());
    expect(await world.confirm(page, await world.add(page))).toMatchObject({ status: 'active' });

    expect(enrollment?.kind).toBe('any');
    expect((await world.events()).filter(({ notice }) => notice === 'user-reset')).toHaveLength(1);
    expect([(await world.state()).invitedOnly, mfaOf(await world.state())]).toEqual([undefined, 'active']);
  });

  it('keeps the license reserved, and gives it back when nobody comes', async () => {
    await world.buy(3);
    await givePhone();
    await world.reset();
    expect((await world.state()).licenses).toEqual(['phone']);

    const id = String((await world.stage.items()).find(({ sk, state }) => sk === 'ENROLLMENT' && state === 'invited')?.['enrollmentId']);
    world.stage.clock.advance(invitationLife + 1000);
    await world.advance(id);

    expect([(await world.state()).licenses, mfaOf(await world.state())]).toEqual([undefined, 'none']);
  });

  it('leaves a lock and a suspension as they are (I5)', async () => {
    await world.setState((state) => ({ ...state, suspendedAt: state.lastAt, lock: { until: state.lastAt + 3_600_000, reason: 'failures' } }));
    const { lock, suspendedAt } = await world.state();

    await world.reset();

    expect(await world.state()).toMatchObject({ lock, suspendedAt });
  });

  it('sends nothing to an address that was put in less than a day ago (A78a)', async () => {
    await world.setProfile({ email: 'mallory@example.com', emailChangedAt: world.stage.clock.now() });
    expect(await problemOf(world.reset())).toBe('email-unusable');
    expect((await world.state()).factors.length).toBeGreaterThan(0);

    world.stage.clock.advance(24 * 3_600_000);
    await world.reset();
    expect((await world.state()).factors).toEqual([]);
  });

  it('nor does an invitation that follows it', async () => {
    await world.reset();
    world.stage.clock.advance(31_000);
    await world.setProfile({ email: 'mallory@example.com', emailChangedAt: world.stage.clock.now() });

    expect(await problemOf(world.invite())).toBe('email-unusable');
  });
});

describe('an address that becomes another at the same moment (A78a)', () => {
  const moved = async () => ({ email: 'mallory@example.com', emailChangedAt: world.stage.clock.now(), version: (await world.profile()).version + 1 });

  it('gets no reset, invitation or second invitation that still saw the one before', async () => {
    const meanwhile = async (work: () => Promise<unknown>) => {
      const { table } = world.stage;
      const changes = await moved();
      const { transact } = table;
      // Between the request's read and its write.
      Object.assign(table, { transact: async (writes: Parameters<typeof transact>[0]) => {
        Object.assign(table, { transact });
        await world.setProfile(changes);
        return transact(writes);
      } });
      return problemOf(work());
    };
    expect(await meanwhile(() => world.reset())).toBe('unavailable');
    expect((await world.state()).factors.length).toBeGreaterThan(0);

    await world.setState((state) => ({ ...state, factors: [] }));
    expect(await meanwhile(() => world.invite())).toBe('unavailable');
    const { enrollmentId } = await world.invite();
    world.stage.clock.advance(31_000);
    expect(await meanwhile(() => world.resend(enrollmentId))).toBe('unavailable');
  });

  it('is mailed nothing of an invitation after a reset, however that came to be', async () => {
    await world.reset();
    const { enrollmentId } = (await world.stage.items()).find(({ sk, state }) => sk === 'ENROLLMENT' && state === 'invited') ?? {};
    await world.setProfile(await moved());
    const before = world.mails.length;

    expect(await world.advance(String(enrollmentId))).toMatchObject({ next: 'done' });

    expect(world.mails).toHaveLength(before);
    expect((await world.look(String(enrollmentId))).state).toBe('undeliverable');
  });
});

describe('who may reset and disable', () => {
  const as = (userId: string, role: 'helpdesk' | 'administrator') => ({ actor: { organizationId: 'acme', userId, role } });

  it('is nobody who stands below the user (A50), nor the user (I13)', async () => {
    await world.setProfile({ role: 'administrator' });
    expect(await problemOf(world.reset(as('help', 'helpdesk')))).toBe('not-permitted');
    expect(await problemOf(world.disable(as('help', 'helpdesk')))).toBe('not-permitted');
    expect(await problemOf(world.reset(as('u-1', 'administrator')))).toBe('not-permitted');
    expect(await problemOf(world.disable(as('u-1', 'administrator')))).toBe('not-permitted');
    expect(await problemOf(world.reset(as('root', 'administrator')))).toBe('none');
  });
});

describe('disabling', () => {
  it('removes every factor and gives the license back, and tells the user', async () => {
    await world.buy(3);
    await givePhone();

    await world.disable();

    expect([mfaOf(await world.state()), (await world.state()).licenses]).toEqual(['none', undefined]);
    expect((await world.events()).filter(({ notice }) => notice === 'confirmation-disabled')).toHaveLength(1);
    expect((await world.start()).status).toBe('not-required');
  });

  it('takes an open invitation with it, and lets in whom a reset had shut out', async () => {
    await world.reset();
    await world.disable();

    expect(await world.state()).not.toHaveProperty('enrollment');
    expect((await world.start()).status).toBe('not-required');
  });

  it('is refused where confirmation is required (A47)', async () => {
    await world.setPolicy({ enforcement: 'required' });

    expect(await problemOf(world.disable())).toBe('policy-forbids');
    expect(mfaOf(await world.state())).toBe('active');
  });
});

function codeNow(steps = 0): string {
  return codeOfKey(opened.secret, world.stage.clock.now() + steps * 30_000);
}
