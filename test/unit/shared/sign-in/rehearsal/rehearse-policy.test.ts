import { beforeEach, describe, expect, it } from 'vitest';
import { organizationKeyOf } from '../../../../../shared/platform/object-id.ts';
import { day, second } from '../../../../../shared/platform/clock.ts';
import { childWrite } from '../../../../../shared/organizations/organization-store.ts';
import { toOrganizationItem, type Organization } from '../../../../../shared/organizations/organization.ts';
import type { OrganizationChanges } from '../../../../../shared/organizations/decide-organization.ts';
import { rehearsePolicy } from '../../../../../shared/sign-in/rehearsal/rehearse-policy.ts';
import { startChallenge } from '../../../../../shared/sign-in/start-challenge.ts';
import { callCost, dollarsOf } from '../../../../../shared/spend/send-prices.ts';
import type { UserState } from '../../../../../shared/user-state/user-state.ts';
import { rowWrites } from '../../../../../shared/users/user-store.ts';
import { toProfileItem } from '../../../../../shared/users/profile.ts';
import { makePhoneCallWorld, type PhoneCallWorld } from '../../../../support/phone-call-world.ts';
import { makeSignInWorld, type SignInWorld } from '../../../../support/sign-in-world.ts';
import { buildProfile } from '../../../../support/stage.ts';

let phone: PhoneCallWorld;
let totp: SignInWorld;
let none: SignInWorld;
let federated: SignInWorld;

const without = (state: UserState): UserState => ({ ...state, factors: [] });

async function list(world: SignInWorld): Promise<void> {
  const { state, home } = world.user;
  const profile = buildProfile(state, { displayName: `Person ${state.userId}` });
  await world.stage.put(toProfileItem(home.userKey, profile));
  await world.stage.table.transact(rowWrites(world.stage.table.name, home, undefined, profile));
}

const rehearse = (policy: OrganizationChanges['policy'], more: object = {}, organization: Organization = phone.organization) =>
  rehearsePolicy(phone.stage.deps, { organization, changes: { policy: policy ?? {} }, authority: {}, ...more });

beforeEach(async () => {
  phone = await makePhoneCallWorld({ userId: 'u-phone', method: 'call' });
  await phone.setState((state) => ({ ...state, factors: state.factors.filter(({ kind }) => kind === 'phone') }));
  totp = await makeSignInWorld(phone, 'u-totp');
  none = await makeSignInWorld(phone, 'u-none');
  federated = await makeSignInWorld(phone, 'u-sso');
  await none.setState(without);
  await federated.setState((state) => ({ ...without(state), identity: 'sso' }));
  for (const world of [phone, totp, none, federated]) await list(world);
});

describe('rehearsePolicy', () => {
  it('says who would be sent to set up, who is asked as before, and writes nothing', async () => {
    const before = await phone.stage.items();

    const report = await rehearse({ enforcement: 'required', appliesTo: 'local-users' });

    expect(report).toMatchObject({
      complete: true,
      numbers: { examined: 4, untouched: 3, redirected: 1, lockedOut: 0, asked: 0, losingFactors: 0 },
      redirected: [{ organizationId: 'acme', userId: 'u-none', displayName: 'Person u-none' }],
      lockedOut: [],
      setUpUntil: '2030-01-29T12:00:00Z',
    });
    expect((await rehearse({ enforcement: 'required' })).numbers).toMatchObject({ redirected: 2, untouched: 2 });
    expect(await phone.stage.items()).toEqual(before);
  });

  it('comes to what then happens at the sign-in', async () => {
    for (const policy of [{ enforcement: 'required' }, { methods: ['totp'] }, { minimumAcr: 'app' }] as const) {
      const { redirected, lockedOut } = await rehearse(policy);
      for (const world of [phone, totp, none, federated]) {
        const { userId, identity } = await world.state();
        const organization = { ...phone.organization, policy: { ...phone.organization.policy, ...policy, enforcedAt: phone.stage.clock.now() } };
        const input = { clientId: 'c', audience: 'portal', purpose: 'sign-in', firstFactor: identity === 'sso' ? 'sso' : 'password', seen: {} } as const;
        const { status } = await startChallenge(world.deps, { ...(await world.about({}, 'start')), organization }, input);
        const isIn = (listed: readonly { userId: string }[]): boolean => listed.some((each) => each.userId === userId);
        expect([userId, status === 'enrollment-required', status === 'denied']).toEqual([userId, isIn(redirected), isIn(lockedOut)]);
      }
    }
  });

  it('says why somebody would be shut out, and whether they are already', async () => {
    const enforcedAt = phone.stage.clock.now() - 20 * day;
    await none.setState((state) => ({ ...state, createdAt: enforcedAt }));
    const required = { ...phone.organization, policy: { ...phone.organization.policy, enforcement: 'required', enforcedAt, setUpWindowDays: 30 } } as const;
    const own = { ...required, ownRules: { enforcement: [{ value: 'required', setBy: 'acme' }], setUpWindowDays: [{ value: 30, setBy: 'acme' }] } } as Organization;

    const { lockedOut, numbers } = await rehearse({ setUpWindowDays: 10, methods: ['totp'] }, {}, own);

    expect(numbers).toMatchObject({ lockedOut: 2, redirected: 1 });
    expect(lockedOut).toMatchObject([
      { userId: 'u-none', because: 'invitation-needed' },
      { userId: 'u-phone', because: 'methods-not-allowed' },
    ]);
    expect(lockedOut.some(({ already }) => already)).toBe(false);
    const closed = { ...own, policy: { ...own.policy, setUpWindowDays: 10 } };
    expect((await rehearse({ pin: { minimumLength: 6 } }, {}, closed)).lockedOut).toEqual([]);
    const shut = { ...closed, ownRules: { ...closed.ownRules, setUpWindowDays: [{ value: 10, setBy: 'acme' }] } } as Organization;
    expect((await rehearse({ pin: { minimumLength: 6 } }, {}, shut)).lockedOut).toMatchObject([{ userId: 'u-none', already: true }]);
  });

  it('reckons the sign-ins of thirty days: by telephone, free ones, and those of people who have yet to choose', async () => {
    for (let times = 0; times < 3; times += 1) {
      await phone.start();
      await none.start();
      await totp.start({ answer: totp.code() });
      phone.stage.clock.advance(11 * day);
    }

    const report = await rehearse({ enforcement: 'required', appliesTo: 'local-users' });

    const call = dollarsOf(callCost('US').amount);
    expect(report.signIns).toMatchObject({ counted: 6, open: 2, from: '2030-01-18T12:00:00Z' });
    expect(report.cost).toMatchObject({ before: { calls: 2, texts: 0 }, after: { calls: 2, texts: 0 }, currency: 'USD' });
    expect(report.cost.after.amount).toBeCloseTo(2 * call);
    expect(report.cost.mostWithOpen).toBeGreaterThan(report.cost.after.amount);
    expect((await rehearse({ methods: ['totp'] })).cost.after).toEqual({ calls: 0, texts: 0, amount: 0 });
  });

  it('refuses what the change itself would refuse, with the same problem', async () => {
    const set = { ...phone.organization, ownRules: { enforcement: [{ value: 'required', setBy: 'reseller' }] }, parentId: 'reseller' } as Organization;
    await phone.stage.makeOrganization({ organizationId: 'reseller' });

    await expect(rehearse({ enforcement: 'optional' }, { authority: { clientRoot: 'acme' } }, set)).rejects.toMatchObject({ problem: 'policy-forbids' });
    await expect(rehearse({ methods: ['phone:call'] })).rejects.toMatchObject({ problem: 'policy-forbids' });
    await expect(rehearse({}, { ifVersion: 7 })).rejects.toMatchObject({ problem: 'version-mismatch' });
  });

  it('goes on where there was no time for more, and says so', async () => {
    const { deps } = phone.stage;
    let slow = 0;
    const clock = { now: () => deps.clock.now() + slow * second };
    const table = {
      ...deps.table,
      query: (request: Parameters<typeof deps.table.query>[0]) => {
        if (request.index === 'audit') slow = 20;
        return deps.table.query(request);
      },
    };
    const ask = (more: object) =>
      rehearsePolicy({ ...deps, table, clock }, { organization: phone.organization, changes: { policy: { enforcement: 'required' } }, authority: {}, ...more });

    const report = await ask({});

    expect(report).toMatchObject({ complete: false, numbers: { examined: 0 } });
    await expect(rehearse({ enforcement: 'offered' }, { cursor: report.cursor })).rejects.toMatchObject({ problem: 'cursor-invalid' });
    expect(await rehearse({ enforcement: 'required' }, { cursor: report.cursor })).toMatchObject({ complete: true, numbers: { examined: 4 } });
  });

  it('reaches the companies of a reseller, under the rules that would hold there', async () => {
    const { stage } = phone;
    const reseller = await stage.makeOrganization({ organizationId: 'reseller', hasChildren: true });
    const company = { ...phone.organization, parentId: 'reseller', inheritedVersion: 1 };
    await stage.put(toOrganizationItem(organizationKeyOf(stage.keys, 'acme'), company));
    await stage.table.transact([childWrite(stage.deps, 'reseller', 'acme')]);

    const report = await rehearse({ enforcement: 'required' }, {}, reseller);

    expect(report).toMatchObject({ numbers: { examined: 4, redirected: 2 }, redirected: [{ organizationId: 'acme', userId: 'u-none' }, { userId: 'u-sso' }] });
  });
});
