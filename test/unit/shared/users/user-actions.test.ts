import { beforeEach, describe, expect, it } from 'vitest';
import { hour } from '../../../../shared/platform/clock.ts';
import { auditPartition } from '../../../../shared/user-state/event-item.ts';
import { markRequest } from '../../../../shared/user-state/receipts.ts';
import type { Challenge, UserState } from '../../../../shared/user-state/user-state.ts';
import { resumeUser, suspendUser } from '../../../../shared/users/suspend-user.ts';
import { unlockUser } from '../../../../shared/users/unlock-user.ts';
import { findUser } from '../../../../shared/users/user-store.ts';
import { makeStage, testStart, type Stage } from '../../../support/stage.ts';

const context = { requestId: 'request-1', door: 'api', actor: 'acme/helper' } as const;

const challenge: Challenge = {
  id: new Uint8Array(16).fill(1),
  status: 'pending',
  clientId: 'client-1',
  audience: 'portal',
  purpose: 'sign-in',
  firstFactor: 'password',
  createdAt: testStart,
  expiresAt: testStart + hour,
};

let stage: Stage;
beforeEach(async () => {
  stage = await makeStage();
});

async function setup(changes: Partial<UserState> = {}) {
  const user = await stage.makeUser(await stage.makeOrganization(), changes);
  const input = (request = 'one') => ({
    home: user.home,
    state: user.state,
    context,
    mark: markRequest(stage.keys, 'client', request, []),
    reason: 'asked by phone',
  });
  const found = () => findUser(stage.table, user.home);
  return { ...user, input, found };
}

const events = async () => (await stage.items()).filter(({ sk }) => String(sk).startsWith('EVENT#'));

describe('unlockUser', () => {
  const locked = { lock: { until: testStart + hour, reason: 'failures' }, failures: 5, locks: 2 } as const;

  it('clears the lock and the failures, and keeps how often the user was locked', async () => {
    const { input, found } = await setup(locked);

    const state = await unlockUser(stage.deps, { ...input(), actor: { organizationId: 'acme', userId: 'helper', role: 'helpdesk' as const }, userRole: 'member' });

    expect(state.lock ?? state.failures).toBeUndefined();
    expect((await found()).state).toMatchObject({ version: 2, locks: 2 });
    expect((await found()).state?.lock).toBeUndefined();
    expect(await events()).toMatchObject([
      {
        kind: 'user-unlocked',
        notice: 'user-unlocked',
        detail: { reason: 'asked by phone', was: 'failures', failures: 5 },
        actor: 'acme/helper',
      },
    ]);
  });

  it('changes nothing for a user who is not locked', async () => {
    const { input, found } = await setup();

    await unlockUser(stage.deps, { ...input(), actor: undefined, userRole: 'member' });

    expect((await found()).state?.version).toBe(1);
    expect(await events()).toEqual([]);
  });

  it('is not for somebody who may do less than the one who is locked', async () => {
    const { input } = await setup(locked);

    await expect(
      unlockUser(stage.deps, { ...input(), actor: { organizationId: 'acme', userId: 'helper', role: 'helpdesk' as const }, userRole: 'administrator' }),
    ).rejects.toThrow('not-permitted');
  });

  it('happens once for a request that comes twice', async () => {
    const { input } = await setup(locked);
    const ask = () => unlockUser(stage.deps, { ...input(), actor: undefined, userRole: 'member' });

    await ask();
    await ask();

    expect(await events()).toHaveLength(1);
  });
});

describe('suspendUser', () => {
  it('ends what is under way, in state and profile alike, and tells the user', async () => {
    const { input, found, home } = await setup({ challenges: [challenge] });

    const state = await suspendUser(stage.deps, input());

    expect(state).toMatchObject({
      suspendedAt: testStart,
      challenges: [{ status: 'denied', reason: 'suspended', decidedAt: testStart }],
    });
    expect(await found()).toMatchObject({
      state: { suspendedAt: testStart },
      profile: { suspended: true, version: 2 },
    });
    expect(await events()).toMatchObject([
      {
        kind: 'user-suspended',
        notice: 'user-suspended',
        detail: { reason: 'asked by phone' },
        auditPk: auditPartition(home.organizationKey),
      },
      { kind: 'challenge-denied', detail: { reason: 'suspended' } },
    ]);
  });

  it('suspends once', async () => {
    const { input, found } = await setup();

    await Promise.all([suspendUser(stage.deps, input('one')), suspendUser(stage.deps, input('two'))]);

    expect((await found()).profile?.version).toBe(2);
    expect(await events()).toHaveLength(1);
  });

  it('keeps factors, failures and lock: it never turns confirmation off', async () => {
    const { input } = await setup({ failures: 3, locks: 1 });

    expect(await suspendUser(stage.deps, input())).toMatchObject({ failures: 3, locks: 1 });
  });
});

describe('resumeUser', () => {
  it('lets the user in again, and revives nothing that was denied', async () => {
    const { input, found } = await setup({ challenges: [challenge] });
    const suspended = await suspendUser(stage.deps, input('suspend'));

    const state = await resumeUser(stage.deps, { ...input('resume'), state: suspended });

    expect(state.suspendedAt).toBeUndefined();
    expect(state.challenges).toMatchObject([{ status: 'denied' }]);
    expect((await found()).profile?.suspended).toBe(false);
    expect((await events()).map(({ kind }) => kind)).toEqual(['user-suspended', 'challenge-denied', 'user-resumed']);
  });
});
