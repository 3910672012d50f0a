import { beforeEach, describe, expect, it } from 'vitest';
import { hour, second } from '../../../../../shared/platform/clock.ts';
import { mailWrites } from '../../../../../shared/spend/send-budget.ts';
import { makeEnrollmentWorld, type EnrollmentWorld } from '../../../../support/enrollment-world.ts';
import { problemOf } from '../../../../support/sign-in-world.ts';

let world: EnrollmentWorld;
beforeEach(async () => {
  world = await makeEnrollmentWorld();
  // The first of an hour, so that it does not end in the middle.
  world.stage.clock.advance(hour - (world.stage.clock.now() % hour));
});

const moment = 31 * second;
const invitations = async () => (await world.stage.items()).filter(({ sk }) => sk === 'ENROLLMENT');
const resets = async () => (await world.events()).filter(({ kind }) => kind === 'user-reset');

const factor = { id: new Uint8Array(8).fill(7), kind: 'totp', status: 'active', createdAt: 0, secret: new Uint8Array(48) } as const;
/** Somebody who confirms is reset. */
async function resetAgain(): Promise<void> {
  await world.setState((state) => ({ ...state, factors: [factor] }));
  await world.reset();
}

/** What the workflow would do of all that are there. */
async function advanceAll(): Promise<void> {
  for (const { enrollmentId } of await invitations()) await world.advance(String(enrollmentId));
}

describe('a mailbox', () => {
  it('gets four invitations an hour and eight a day, by inviting and taking back in a loop, from all organizations together', async () => {
    const other = await makeEnrollmentWorld(world, 'u-2');
    await other.setProfile({ email: (await world.profile()).email.toUpperCase() });
    const made: string[] = [];
    for (let count = 0; count < 40; count += 1) {
      const at = count % 2 === 0 ? world : other;
      const problem = await problemOf(at.invite().then(({ enrollmentId }) => at.withdraw(enrollmentId)));
      if (problem === 'none') made.push(new Date(world.stage.clock.now()).toISOString().slice(0, 13));
      else expect(problem).toBe('too-many-sends');
      world.stage.clock.advance(count < 10 ? moment : hour / 4);
    }

    expect(made.filter((each) => each === made[0])).toHaveLength(4);
    expect(made).toHaveLength(8);
  });

  it('gets no second one within half a minute, whatever became of the first', async () => {
    const { enrollmentId } = await world.invite();
    await world.withdraw(enrollmentId);
    expect(await problemOf(world.invite())).toBe('too-many-sends');

    world.stage.clock.advance(moment);
    expect(await problemOf(world.invite())).toBe('none');
    await resetAgain();
    expect((await world.state()).enrollment).toBeUndefined();
  });

  it('gets no more by resending', async () => {
    const { enrollmentId } = await world.invite();
    const problems: string[] = [];
    for (let count = 0; count < 6; count += 1) {
      world.stage.clock.advance(moment);
      problems.push(await problemOf(world.resend(enrollmentId)));
    }

    expect(problems.filter((each) => each === 'none')).toHaveLength(3);
    expect((await world.look(enrollmentId)).invitations).toBe(4);
  });

  it('has room for an invitation, however many codes are mailed there', async () => {
    const { table, keys, clock } = world.stage;
    const { email } = await world.profile();
    for (let count = 0; count < 5; count += 1) {
      await table.transact(mailWrites(table.name, keys, { address: email, isProof: false }, clock.now()).writes);
      clock.advance(moment);
    }

    expect(await problemOf(world.invite())).toBe('none');
  });
});

describe('a reset whose mailbox has had enough', () => {
  it('takes everything away all the same, keeps the door shut, and invites nobody', async () => {
    for (let count = 0; count < 15; count += 1) {
      await resetAgain();
      await advanceAll();
      world.stage.clock.advance(moment);
    }

    expect(world.mails).toHaveLength(4);
    expect(await resets()).toHaveLength(15);
    expect((await resets()).filter(({ detail }) => (detail as { invited?: boolean }).invited === false)).toHaveLength(11);
    expect(await world.state()).toMatchObject({ factors: [], invitedOnly: true });
    expect((await world.state()).enrollment).toBeUndefined();
    expect(await world.start()).toMatchObject({ status: 'denied', reason: 'invitation-needed' });
  });

  it('is followed by an invitation, once there is room again', async () => {
    for (let count = 0; count < 2; count += 1) await resetAgain();
    expect((await world.state()).enrollment).toBeUndefined();

    world.stage.clock.advance(moment);
    const { enrollmentId } = await world.invite();
    await world.advance(enrollmentId);
    const page = await world.press(world.link());

    expect(await world.confirm(page, await world.add(page))).toMatchObject({ status: 'active' });
  });

  it('mails once, of any number at the same time, and leaves the link of that to come back by', async () => {
    await world.setState((state) => ({ ...state, factors: [factor] }));
    await Promise.all(Array.from({ length: 6 }, async () => problemOf(world.reset())));
    await advanceAll();

    expect(world.mails).toHaveLength(1);
    expect((await world.state()).factors).toEqual([]);
    expect((await world.press(world.link())).session.page).toBe('registration');
  });

  it('leaves nothing of a registration that was begun', async () => {
    const { enrollmentId } = await world.invite();
    await world.advance(enrollmentId);
    await world.press(world.link());
    await world.reset();

    expect((await world.state()).enrollment).toBeUndefined();
    expect((await world.record(enrollmentId))?.state).toBe('canceled');
  });
});
