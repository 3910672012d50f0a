import { beforeEach, describe, expect, it } from 'vitest';
import { invitationLife, registrationLife } from '../../../../../shared/user-state/enrollment.ts';
import { mfaOf } from '../../../../../shared/user-state/mfa-status.ts';
import { makeEnrollmentWorld, usNumber, type EnrollmentWorld } from '../../../../support/enrollment-world.ts';
import { problemOf } from '../../../../support/sign-in-world.ts';

let world: EnrollmentWorld;
beforeEach(async () => {
  world = await makeEnrollmentWorld();
  await world.buy(10);
});

const rounds = Array.from({ length: 6 }, (_, round) => round);
const kinds = async () => (await world.events()).map(({ kind }) => String(kind));
const countOf = async (kind: string) => (await kinds()).filter((each) => each === kind).length;
const recordsBy = async (state: string) => (await world.stage.items()).filter((item) => item['sk'] === 'ENROLLMENT' && item['state'] === state);

/** Everything that must agree, whoever was first. */
async function expectAgreement(): Promise<void> {
  const { enrollment, licenses = [], factors } = await world.state();
  const open = [...(await recordsBy('invited')), ...(await recordsBy('reminded')), ...(await recordsBy('registering'))];
  expect(open).toHaveLength(enrollment ? 1 : 0);
  const holds = licenses.length > 0 || factors.some(({ kind, status }) => kind === 'phone' && status === 'active');
  expect(await world.used()).toBe(holds ? 1 : 0);
}

describe('at the same moment', () => {
  it('eight administrators enable one user: one invitation, one license, one link', async () => {
    const outcomes = await Promise.all(rounds.concat(6, 7).map(() => problemOf(world.invite(usNumber))));

    expect(outcomes.filter((outcome) => outcome === 'none')).toHaveLength(1);
    expect(new Set(outcomes.filter((outcome) => outcome !== 'none'))).toEqual(new Set(['too-many-sends']));
    expect([await world.used(), (await recordsBy('invited')).length]).toEqual([1, 1]);
    await expectAgreement();
  });

  it('eight users are enabled where three licenses are free: three are', async () => {
    await world.buy(3);
    const others: EnrollmentWorld[] = [world];
    for (const userId of ['u-2', 'u-3', 'u-4', 'u-5', 'u-6', 'u-7', 'u-8']) others.push(await makeEnrollmentWorld(world, userId));

    const outcomes = await Promise.all(others.map((each) => problemOf(each.invite(usNumber))));

    expect(outcomes.filter((outcome) => outcome === 'none')).toHaveLength(3);
    expect(await world.used()).toBe(3);
  });

  it.each(rounds)('a registration is completed and canceled: one of the two, and all agree (%i)', async () => {
    const { enrollmentId } = await world.invite();
    await world.advance(enrollmentId);
    const opened = await world.press(world.link());
    const added = await world.add(opened);

    await Promise.allSettled([world.confirm(opened, added), world.withdraw(enrollmentId)]);

    const isCompleted = (await world.record(enrollmentId))?.state === 'completed';
    expect([await countOf('enrollment-completed'), await countOf('enrollment-canceled')]).toEqual(isCompleted ? [1, 0] : [0, 1]);
    expect(mfaOf(await world.state())).toBe(isCompleted ? 'active' : 'none');
    await expectAgreement();
  });

  it.each(rounds)('a registration is completed in the second in which it runs out (%i)', async (round) => {
    const { enrollmentId } = await world.invite();
    await world.advance(enrollmentId);
    const opened = await world.press(world.link());
    world.stage.clock.advance(registrationLife - 60_000);
    const added = await world.add(opened);
    world.stage.clock.advance(60_000 - (round % 2));

    await Promise.allSettled([world.confirm(opened, added), world.advance(enrollmentId)]);

    const isCompleted = round % 2 === 1;
    expect([(await world.record(enrollmentId))?.state, mfaOf(await world.state())]).toEqual(isCompleted ? ['completed', 'active'] : ['expired', 'none']);
    await expectAgreement();
  });

  it.each(rounds)('a link is traded, sent again and canceled: no session outlives it (%i)', async () => {
    const { enrollmentId } = await world.invite();
    await world.advance(enrollmentId);
    const link = world.link();
    world.stage.clock.advance(31_000);

    const [opened, sent, ended] = await Promise.all([problemOf(world.open(link)), problemOf(world.resend(enrollmentId)), problemOf(world.withdraw(enrollmentId))]);

    expect([opened, sent].every((outcome) => ['none', 'invitation-over', 'enrollment-over'].includes(outcome))).toBe(true);
    expect(ended).toBe('none');
    expect((await world.record(enrollmentId))?.state).toBe('canceled');
    expect(await problemOf(world.open(link))).toBe('invitation-over');
    await expectAgreement();
  });

  it.each(rounds)('a user is reset twice and registers by the link before: one open invitation is left (%i)', async () => {
    const { enrollmentId } = await world.invite();
    await world.advance(enrollmentId);
    const link = world.link();

    await Promise.allSettled([world.reset(), world.open(link), world.reset()]);

    expect((await world.state()).invitedOnly).toBe(true);
    expect(await problemOf(world.open(link))).toBe('invitation-over');
    await expectAgreement();
  });

  it('an invitation runs out by five workers: it is written once', async () => {
    const { enrollmentId } = await world.invite(usNumber);
    world.stage.clock.advance(invitationLife);

    await Promise.all(rounds.map(() => world.advance(enrollmentId)));

    expect([await countOf('enrollment-expired'), await world.used()]).toEqual([1, 0]);
    await expectAgreement();
  });
});
