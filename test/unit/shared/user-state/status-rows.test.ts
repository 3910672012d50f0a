import { beforeEach, describe, expect, it } from 'vitest';
import { hour } from '../../../../shared/platform/clock.ts';
import { commit } from '../../../../shared/user-state/commit.ts';
import type { Decision } from '../../../../shared/user-state/decision.ts';
import type { Factor } from '../../../../shared/user-state/factor.ts';
import { markRequest } from '../../../../shared/user-state/receipts.ts';
import { settle } from '../../../../shared/user-state/settle.ts';
import type { UserState } from '../../../../shared/user-state/user-state.ts';
import { eraseUser } from '../../../../shared/users/erase-user.ts';
import { findUser } from '../../../../shared/users/user-store.ts';
import { putUser } from '../../../../shared/users/put-user.ts';
import { homeKeys } from '../../../../shared/platform/object-id.ts';
import { makeStage, testStart, type Stage } from '../../../support/stage.ts';

const context = { requestId: 'r', door: 'api' } as const;
const totp: Factor = { id: new Uint8Array(8), kind: 'totp', status: 'active', createdAt: testStart, secret: new Uint8Array(1) };

let stage: Stage;
let home: ReturnType<typeof homeKeys>;
let requests = 0;

const rows = async () => (await stage.items()).map(({ sk }) => String(sk)).filter((sk) => /^USER#(MFA|LOCK)/.test(sk)).sort();

function become(change: (state: UserState) => UserState): (read: UserState, now: number) => Decision<string> {
  return (read, now) => ({
    outcome: 'done',
    next: change(settle(read, now).state),
    events: [{ kind: 'tested' }],
    receipt: { outcome: 'changed', about: new Uint8Array(4) },
  });
}

async function change(work: (state: UserState) => UserState): Promise<void> {
  const { state } = await findUser(stage.table, home);
  if (!state) throw new Error('there is no user');
  const mark = markRequest(stage.keys, 'client', String((requests += 1)), []);
  await commit(stage.deps, { home, state, context, mark, decide: become(work), recall: () => 'done' });
}

beforeEach(async () => {
  stage = await makeStage();
  const organization = await stage.makeOrganization();
  home = homeKeys(stage.keys, 'acme', 'u-1');
  const fields = { displayName: 'Ada', email: 'ada@example.com', identity: 'local' } as const;
  await putUser(stage.deps, {
    organization, home, userId: 'u-1', found: { hasFirst: true }, fields, context, mark: markRequest(stage.keys, 'client', 'put', []),
  });
});

describe('rows by status', () => {
  it('follow the state through every change, and are gone with the user', async () => {
    expect(await rows()).toEqual(['USER#MFA#none#u-1']);
    await change((state) => ({ ...state, factors: [totp], lock: { until: testStart + hour, reason: 'failures' } }));
    expect(await rows()).toEqual(['USER#LOCK#u-1', 'USER#MFA#active#u-1']);
    await change((state) => ({ ...state, factors: [{ ...totp, status: 'inactive' }] }));
    expect(await rows()).toEqual(['USER#LOCK#u-1', 'USER#MFA#inactive#u-1']);
    stage.clock.advance(2 * hour);
    await change((state) => state);
    expect(await rows()).toEqual(['USER#MFA#inactive#u-1']);
    await eraseUser(stage.deps, { home, found: await findUser(stage.table, home), context });
    expect(await rows()).toEqual([]);
  });

  it('say what the state says, however many change it and erase it at once', async () => {
    const states = [[totp], [{ ...totp, status: 'inactive' as const }], []];
    await Promise.all(states.flatMap((factors) => [0, 1, 2].map(() => change((state) => ({ ...state, factors })))));

    const { state } = await findUser(stage.table, home);
    const status = state?.factors.length === 0 ? 'none' : state?.factors[0]?.status;
    expect(await rows()).toEqual([`USER#MFA#${String(status)}#u-1`]);

    const found = await findUser(stage.table, home);
    await Promise.allSettled([change((read) => ({ ...read, factors: [totp] })), eraseUser(stage.deps, { home, found, context })]);
    expect(await rows()).toEqual([]);
  });
});
