import { beforeEach, describe, expect, it } from 'vitest';
import { invitationLife, reminderAfter } from '../../../../../shared/user-state/enrollment.ts';
import { mfaOf } from '../../../../../shared/user-state/mfa-status.ts';
import { makeEnrollmentWorld, usNumber, type EnrollmentWorld } from '../../../../support/enrollment-world.ts';
import { problemOf } from '../../../../support/sign-in-world.ts';

let world: EnrollmentWorld;
beforeEach(async () => {
  world = await makeEnrollmentWorld();
  await world.buy(1);
});

const moment = 31_000;
const kinds = async () => (await world.events()).map(({ kind }) => kind);

describe('enabling a user by telephone (rows 0.3, 0.4)', () => {
  it('reserves a license, keeps the number sealed, and shows a hint of it', async () => {
    const view = await world.invite(usNumber);

    expect(view).toMatchObject({ kind: 'phone', state: 'invited', method: 'call-pin', number: { hint: '+1 ••• ••• ••42', hasExtension: false }, invitations: 1 });
    expect(view.enrollmentId).toMatch(/^enr_/);
    expect(await world.look(view.enrollmentId)).toEqual(view);
    expect([await world.used(), mfaOf(await world.state())]).toEqual([1, 'invited']);
    expect(JSON.stringify(await world.stage.items())).not.toContain('2025550142');
  });

  it('is refused where no license is free, with the counts, and nothing is left of it', async () => {
    await world.buy(0);

    await expect(world.invite(usNumber)).rejects.toMatchObject({ problem: 'no-license', members: { detail: expect.stringContaining('0 bought, 0 used') } });
    expect((await world.state()).enrollment).toBeUndefined();
    expect(await kinds()).toEqual(['refused-no-license']);
  });

  it.each([
    [{ country: 'US/CA', phoneNumber: '876 555 0142' }, 'number-refused'],
    [{ country: 'other', callingCode: '44', phoneNumber: '20 7946 0123' }, 'number-refused'],
    [{ country: 'other', phoneNumber: '20 7946 0123' }, 'number-refused'],
    [{ country: 'US/CA', phoneNumber: '202 555' }, 'number-refused'],
  ] as const)('takes no number such as %j', async (number, problem) => {
    expect(await problemOf(world.invite({ number }))).toBe(problem);
  });

  it('takes a number of another country once the policy lists it, and an extension with the call and a PIN only', async () => {
    await world.setPolicy({ countries: ['US', 'CA', 'GB'] });
    const number = { country: 'other', callingCode: '+44', phoneNumber: '20 7946 0123', extension: '12' } as const;

    expect(await problemOf(world.invite({ number, method: 'call' }))).toBe('number-refused');
    expect((await world.invite({ number })).number).toEqual({ hint: '+44 ••• ••• ••23', hasExtension: true });
  });

  it('needs a method that the policy allows and that somebody can be reached by', async () => {
    expect(await problemOf(world.invite({ ...usNumber, method: 'sms-code' }))).toBe('policy-forbids');
    await world.setPolicy({ methods: ['totp', 'phone:call'] });
    expect(await problemOf(world.invite(usNumber))).toBe('policy-forbids');
    expect((await world.invite({ ...usNumber, method: 'call' })).method).toBe('call');
  });
});

describe('who is invited', () => {
  it('is nobody who confirms already, or has switched it off', async () => {
    const app = { id: new Uint8Array(8), kind: 'totp', createdAt: 0, secret: new Uint8Array(48) } as const;
    for (const status of ['active', 'inactive', 'disabled'] as const) {
      await world.setState((state) => ({ ...state, factors: [{ ...app, status }] }));
      expect(await problemOf(world.invite())).toBe('factor-exists');
    }
  });

  it('is nobody who is suspended or locked', async () => {
    await world.setState((state) => ({ ...state, suspendedAt: state.lastAt }));
    expect(await problemOf(world.invite())).toBe('user-suspended');
    await world.setState(({ suspendedAt: _was, ...state }) => ({ ...state, lock: { until: state.lastAt + 1000, reason: 'failures' } }));
    expect(await problemOf(world.invite())).toBe('user-locked');
  });

  it('is nobody whom no mail reaches, nor anybody where no mail is sent', async () => {
    await world.setProfile({ emailProblem: 'bounced' });
    expect(await problemOf(world.invite())).toBe('email-unusable');
  });
});

describe('the mail (row 0.6)', () => {
  it('goes out once, however often the workflow begins, to the address, from the organization, with the link', async () => {
    const { enrollmentId } = await world.invite();

    const first = await Promise.allSettled(Array.from({ length: 5 }, () => world.advance(enrollmentId)));
    const again = await world.advance(enrollmentId);

    expect(first.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    expect(again).toEqual({ next: 'wait', generation: 1, state: 'invited', seconds: reminderAfter / 1000 });
    expect(world.mails).toEqual([expect.objectContaining({ to: 'u-1@example.com', fromName: 'Acme Corporation' })]);
    expect(world.link()).toMatch(/^https:\/\/pages\.example\.com\/registration#[\w-]{110}$/);
  });

  it('has a link that is nowhere else: not in the table, and not in what the workflow hears', async () => {
    const { enrollmentId } = await world.invite();
    const heard = await world.advance(enrollmentId);
    const token = world.link().split('#')[1] ?? 'none';

    expect(JSON.stringify([heard, await world.stage.items()])).not.toContain(token);
  });

  it('is sent again after a try that failed, and not twice for one that was', async () => {
    const { enrollmentId } = await world.invite();
    const { carrierAnswers } = world;
    world.carrierAnswers = () => Promise.reject(new Error('away'));
    await expect(world.advance(enrollmentId)).rejects.toThrow('away');
    world.carrierAnswers = carrierAnswers;

    await world.advance(enrollmentId);
    await world.advance(enrollmentId);

    expect(world.mails).toHaveLength(1);
  });

  it('is followed by one reminder after twelve hours, with the same link', async () => {
    const { enrollmentId } = await world.invite();
    await world.advance(enrollmentId);
    const link = world.link();
    world.stage.clock.advance(reminderAfter);

    const after = await world.advance(enrollmentId);
    await world.advance(enrollmentId);

    expect(after).toEqual({ next: 'wait', generation: 1, state: 'reminded', seconds: (invitationLife - reminderAfter) / 1000 });
    expect(world.mails.map(({ subject }) => subject)).toEqual([expect.stringMatching(/Set up/), expect.stringMatching(/Reminder/)]);
    expect(world.link()).toBe(link);
    expect((await world.look(enrollmentId)).state).toBe('reminded');
  });
});

describe('the end of an invitation', () => {
  it('comes after 24 hours: the license is free, the administrators are told, the record says so', async () => {
    const { enrollmentId } = await world.invite(usNumber);
    world.stage.clock.advance(invitationLife + 1000);
    expect((await world.look(enrollmentId)).state).toBe('expired');

    expect(await world.advance(enrollmentId)).toMatchObject({ next: 'done' });

    expect((await world.record(enrollmentId))?.state).toBe('expired');
    expect([await world.used(), mfaOf(await world.state())]).toEqual([0, 'none']);
    expect((await world.events()).filter(({ notice }) => notice === 'enrollment-expired')).toHaveLength(1);
  });

  it('comes with a mail that the carrier does not take, or cannot send for hours', async () => {
    const { enrollmentId } = await world.invite(usNumber);
    world.carrierAnswers = () => Promise.resolve({ outcome: 'refused', reason: 'MessageRejected' });
    expect(await world.advance(enrollmentId)).toMatchObject({ next: 'done' });
    expect([(await world.look(enrollmentId)).state, await world.used()]).toEqual(['undeliverable', 0]);

    world.stage.clock.advance(moment);
    const second = await world.invite(usNumber);
    await world.giveUp(second.enrollmentId);
    expect([(await world.look(second.enrollmentId)).state, await world.used()]).toEqual(['undeliverable', 0]);
  });

  it('comes by an administrator: the link is dead, and canceling again changes nothing', async () => {
    const { enrollmentId } = await world.invite(usNumber);
    await world.advance(enrollmentId);

    expect((await world.withdraw(enrollmentId)).state).toBe('canceled');
    expect((await world.withdraw(enrollmentId)).state).toBe('canceled');

    expect(await problemOf(world.press(world.link()))).toBe('invitation-over');
    expect(await problemOf(world.resend(enrollmentId))).toBe('enrollment-over');
    expect([await world.used(), (await kinds()).filter((kind) => kind === 'enrollment-canceled').length]).toEqual([0, 1]);
  });
});

describe('inviting again', () => {
  it('kills the old link, by resending and by a new invitation', async () => {
    const { enrollmentId } = await world.invite(usNumber);
    await world.advance(enrollmentId);
    const first = world.link();
    world.stage.clock.advance(moment);
    expect((await world.resend(enrollmentId)).invitations).toBe(2);
    await world.advance(enrollmentId);
    const second = world.link();
    world.stage.clock.advance(moment);
    const other = await world.invite(usNumber);
    await world.advance(other.enrollmentId);

    expect([await problemOf(world.press(first)), await problemOf(world.press(second))]).toEqual(['invitation-over', 'invitation-over']);
    expect((await world.press(world.link())).session.page).toBe('registration');
    expect([(await world.look(enrollmentId)).state, await world.used()]).toEqual(['canceled', 1]);
  });

  it('is not done within half a minute, nor more than ten times, however far apart', async () => {
    const { enrollmentId } = await world.invite();
    expect([await problemOf(world.resend(enrollmentId)), await problemOf(world.invite())]).toEqual(['too-many-sends', 'too-many-sends']);
    for (let count = 2; count <= 10; count += 1) {
      world.stage.clock.advance(invitationLife / 6);
      expect((await world.resend(enrollmentId)).invitations).toBe(count);
    }
    world.stage.clock.advance(invitationLife / 6);
    expect(await problemOf(world.resend(enrollmentId))).toBe('enrollment-over');
  });

  it('gives a foreign id, a forged one, and one of another user, away alike', async () => {
    const other = await makeEnrollmentWorld(world, 'u-2');
    const { enrollmentId } = await other.invite();

    expect(await Promise.all([enrollmentId, `${enrollmentId.slice(0, -2)}AA`, 'enr_none'].map((id) => problemOf(world.look(id))))).toEqual(['not-found', 'not-found', 'not-found']);
  });
});
