import { beforeEach, describe, expect, it } from 'vitest';
import { admitPage } from '../../../../../shared/pages/admit-page.ts';
import type { Opened } from '../../../../../shared/pages/open-session.ts';
import { challengeIdOf } from '../../../../../shared/sign-in/challenge-view.ts';
import { invitationLife, registrationLife } from '../../../../../shared/user-state/enrollment.ts';
import { mfaOf } from '../../../../../shared/user-state/mfa-status.ts';
import { decideChangeUser } from '../../../../../shared/users/decide-change-user.ts';
import { markEmail } from '../../../../../shared/users/mark-email.ts';
import { makeEnrollmentWorld, usNumber, type EnrollmentWorld } from '../../../../support/enrollment-world.ts';
import { problemOf } from '../../../../support/sign-in-world.ts';
import { withSetUp, prove } from '../../../../support/set-up-world.ts';

let world: EnrollmentWorld;
beforeEach(async () => {
  world = await makeEnrollmentWorld();
  await world.buy(1);
});

const moment = 31_000;
const phone = { kind: 'phone', method: 'call-pin', pin: '482913', numbers: { primary: '+12025550142' } } as const;

async function invited(input?: typeof usNumber): Promise<string> {
  const { enrollmentId } = await world.invite(input);
  await world.advance(enrollmentId);
  return enrollmentId;
}
const admitted = ({ cookie }: Opened) => admitPage(world.own, { cookie, sessions: ['registration'] });

describe('the link of an invitation (A57)', () => {
  it('opens one registration, of any number that try at once, and none afterwards', async () => {
    await invited();

    const tries = await Promise.all(Array.from({ length: 8 }, () => problemOf(world.open(world.link()))));

    expect(tries.filter((outcome) => outcome === 'none')).toHaveLength(1);
    expect(tries.filter((outcome) => outcome === 'invitation-over')).toHaveLength(7);
    expect(await problemOf(world.press(world.link()))).toBe('invitation-over');
  });

  it('works to its last second, and a second later no more', async () => {
    await invited();
    world.stage.clock.advance(invitationLife + 1000);
    expect(await problemOf(world.press(world.link()))).toBe('invitation-over');

    world.stage.clock.advance(moment);
    await invited();
    world.stage.clock.advance(invitationLife - 1000);
    expect((await world.press(world.link())).session.enrollment).toEqual((await world.state()).enrollment?.id);
  });

  it('opens nothing once it was changed by a bit, or is another installation\'s', async () => {
    await invited();
    const [url = '', token = ''] = world.link().split('#');
    const changed = `${token.slice(0, -1)}${token.endsWith('A') ? 'E' : 'A'}`;

    expect(await problemOf(world.press(`${url}#${changed}`))).toBe('page-session-over');
    expect((await world.state()).enrollment?.status).toBe('invited');
  });

  it('is not spent by somebody who is suspended or locked just then', async () => {
    await invited();
    await world.setState((state) => ({ ...state, suspendedAt: state.lastAt }));
    expect(await problemOf(world.press(world.link()))).toBe('user-suspended');
    await world.setState(({ suspendedAt: _was, ...state }) => state);
    expect((await world.press(world.link())).session.page).toBe('registration');
  });

  it('is dead once the address is another: whoever reads the old mailbox comes in by nothing', async () => {
    const enrollmentId = await invited(usNumber);
    const state = await world.state();
    const decision = decideChangeUser(state, { identity: 'local', audiences: undefined, changed: ['email'], role: 'member' }, world.stage.clock.now());

    expect('next' in decision && decision.next.enrollment).toBeUndefined();
    expect('events' in decision && decision.events).toContainEqual(expect.objectContaining({ kind: 'enrollment-canceled', notice: 'enrollment-canceled' }));
    expect((await world.look(enrollmentId)).state).toBe('invited');
  });
});

describe('a registration', () => {
  it('sets up the first factor, and is completed in the same write', async () => {
    const enrollmentId = await invited();
    const opened = await world.press(world.link());
    expect((await world.look(enrollmentId)).state).toBe('registering');

    const added = await world.add(opened);
    const done = await world.confirm(opened, added);

    expect(done).toMatchObject({ status: 'active', recoveryKey: expect.any(String) });
    expect((await world.record(enrollmentId))?.state).toBe('completed');
    expect([(await world.state()).enrollment, mfaOf(await world.state())]).toEqual([undefined, 'active']);
    expect(await world.advance(enrollmentId)).toMatchObject({ next: 'done' });
  });

  it('by telephone keeps the license that was reserved: one is used, before and after', async () => {
    const enrollmentId = await invited(usNumber);
    const opened = await world.press(world.link());
    const { factorId } = await world.add(opened, phone);

    expect(await prove(withSetUp(world), factorId)).toBe('approved');

    expect((await world.record(enrollmentId))?.state).toBe('completed');
    expect([await world.used(), (await world.state()).licenses]).toEqual([1, undefined]);
  });

  it('for a number that an administrator gave sets up a telephone and nothing else', async () => {
    await invited(usNumber);
    expect(await problemOf(world.add(await world.press(world.link())))).toBe('policy-forbids');
  });

  it('shows its page a little longer once it is completed, and adds nothing any more', async () => {
    await invited();
    const opened = await world.press(world.link());
    await world.confirm(opened, await world.add(opened));

    expect((await admitted(opened)).enrollment?.state).toBe('completed');
    expect(await problemOf(world.add(opened))).toBe('proof-required');
    world.stage.clock.advance(5 * 60_000);
    expect(await problemOf(admitted(opened))).toBe('page-session-over');
  });

  it.each(['canceled', 'resent', 'replaced', 'late'] as const)('that was %s has no page, and its call proves nothing', async (how) => {
    const enrollmentId = await invited(usNumber);
    const opened = await world.press(world.link());
    const { factorId } = await world.add(opened, phone);
    const telephone = withSetUp(world).telephone(factorId);
    const provingId = await withSetUp(world).provingId(factorId);
    await telephone.place(provingId);
    expect((await admitted(opened)).enrollment?.state).toBe('registering');
    world.stage.clock.advance(moment);
    if (how === 'canceled') await world.withdraw(enrollmentId);
    if (how === 'resent') await world.resend(enrollmentId);
    if (how === 'replaced') await world.invite(usNumber);
    if (how === 'late') world.stage.clock.advance(registrationLife);

    await telephone.press(provingId, '482913').catch(() => 'refused');

    expect(await problemOf(admitted(opened))).toBe('page-session-over');
    expect((await world.state()).factors.filter(({ status }) => status === 'active')).toEqual([]);
    expect(await problemOf(world.add(opened, phone))).toBe('invitation-needed');
  });

  it('that nobody finishes within half an hour is over, and its license free', async () => {
    const enrollmentId = await invited(usNumber);
    await world.press(world.link());
    world.stage.clock.advance(registrationLife);

    await world.advance(enrollmentId);

    expect([(await world.look(enrollmentId)).state, await world.used()]).toEqual(['expired', 0]);
  });
});

describe('somebody who registers and comes by the portal\'s SSO (row 0.7)', () => {
  beforeEach(() => world.setPolicy({ enforcement: 'required', setUpWindowDays: 0 }));

  it('goes on with the set-up page of that sign-in, outside of the window too', async () => {
    const enrollmentId = await invited();
    expect(await world.start({ firstFactor: 'sso' })).toMatchObject({ status: 'denied', reason: 'invitation-needed' });
    await world.press(world.link());

    const started = await world.start({ firstFactor: 'sso' });
    const setUp = withSetUp(world);
    const added = await setUp.add({ kind: 'totp' }, { challengeId: started.challengeId });

    expect(started.status).toBe('enrollment-required');
    expect(await world.confirm({ session: {} } as Opened, added)).toMatchObject({ status: 'active' });
    expect((await world.get(started.challengeId)).status).toBe('approved');
    expect((await world.record(enrollmentId))?.state).toBe('completed');
  });

  it('has half an hour for it, and never comes in by a password', async () => {
    await invited();
    await world.press(world.link());

    expect((await world.start({ firstFactor: 'password' })).status).toBe('denied');
    expect((await world.start({ firstFactor: 'sso', purpose: 'administer' })).status).toBe('denied');
    world.stage.clock.advance(registrationLife);
    expect((await world.start({ firstFactor: 'sso' })).status).toBe('denied');
  });

  it('loses that set-up with the invitation', async () => {
    const enrollmentId = await invited();
    await world.press(world.link());
    const { challengeId } = await world.start({ firstFactor: 'sso' });
    const added = await withSetUp(world).add({ kind: 'totp' }, { challengeId });
    await world.withdraw(enrollmentId);

    expect(await problemOf(world.confirm({ session: {} } as Opened, added))).toBe('not-found');
    expect((await world.state()).challenges.map(({ status }) => status)).toEqual(['canceled']);
    expect(challengeIdOf(world.stage.keys, world.user.home, (await world.state()).challenges[0]?.id ?? new Uint8Array())).toBe(challengeId);
  });
});

describe('a mail that comes back', () => {
  it('ends the invitation: the license is free, and those who administer are told', async () => {
    const enrollmentId = await invited(usNumber);

    await markEmail(world.own, { userKey: world.user.home.userKey, addresses: ['u-1@example.com'], problem: 'bounced', messageId: 'm-1' }, 'sqs-1');

    expect([(await world.look(enrollmentId)).state, await world.used()]).toEqual(['undeliverable', 0]);
    expect((await world.events()).filter(({ notice }) => notice === 'enrollment-undeliverable')).toHaveLength(1);
    expect(await problemOf(world.press(world.link()))).toBe('invitation-over');
  });
});
