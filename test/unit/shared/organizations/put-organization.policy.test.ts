import { beforeEach, describe, expect, it } from 'vitest';
import type { Authority } from '../../../../shared/organizations/authority.ts';
import type { OrganizationChanges } from '../../../../shared/organizations/decide-organization.ts';
import { readOrganizations } from '../../../../shared/organizations/organization-store.ts';
import { putOrganization } from '../../../../shared/organizations/put-organization.ts';
import { makeStage, type Stage } from '../../../support/stage.ts';

const context = { requestId: 'request-1', door: 'api', clientId: 'client-1' } as const;

let stage: Stage;
beforeEach(async () => {
  stage = await makeStage();
});

const find = async (id: string) => (await readOrganizations(stage.deps, [id]))[0];

interface Asked {
  readonly parentId?: string;
  readonly changes?: OrganizationChanges;
  readonly authority?: Authority;
  readonly ifVersion?: number;
}

async function put(
  organizationId: string,
  { changes = { name: organizationId }, authority = {}, ...rest }: Asked = {},
) {
  return putOrganization(stage.deps, {
    organizationId,
    organization: await find(organizationId),
    changes,
    authority,
    context,
    ...rest,
  });
}

const company = (name: string) => put(name, { parentId: 'reseller' });

describe('putOrganization with a policy', () => {
  it('sets rules for whoever asks, and says from what to what in the audit trail', async () => {
    await put('acme');

    const { organization } = await put('acme', { changes: { policy: { enforcement: 'required' } } });

    expect(organization.policy).toMatchObject({ enforcement: 'required', version: 2, enforcedAt: stage.clock.now() });
    expect(organization.rulesSetBy).toMatchObject({ enforcement: 'installation' });
    const [event] = (await stage.items()).filter(({ kind }) => kind === 'policy-changed');
    expect(event).toMatchObject({
      notice: 'enforcement-started',
      detail: { changed: { enforcement: { from: 'optional', to: 'required' } } },
      policyVersion: 2,
    });
  });

  it('keeps a company from loosening what its reseller set on it', async () => {
    await put('reseller');
    await company('company');
    await put('company', {
      changes: { policy: { enforcement: 'required' } },
      authority: { actorOrganizationId: 'reseller' },
    });

    const loosen = put('company', {
      changes: { policy: { enforcement: 'optional' } },
      authority: { actorOrganizationId: 'company' },
    });

    await expect(loosen).rejects.toMatchObject({
      problem: 'policy-forbids',
      members: { detail: expect.stringContaining('"enforcement"') as string },
    });
    expect((await find('company'))?.policy.enforcement).toBe('required');
  });

  it('completes a lock-out of which one number is given', async () => {
    await put('acme');

    const { organization } = await put('acme', { changes: { policy: { lockout: { failures: 3 } } } });

    expect(organization.policy.lockout).toEqual({ failures: 3, minutes: 60 });
  });

  it('takes telephones only with the name of who accepts it, and keeps the name as long as it is so', async () => {
    await put('acme');
    const methods = ['phone:call', 'phone:call-pin'];

    await expect(put('acme', { changes: { policy: { methods } } })).rejects.toThrow('policy-forbids');
    const accepted = await put('acme', { changes: { policy: { methods }, acceptTelephoneOnly: 'Ada Example' } });
    const again = await put('acme', { changes: { policy: { methods: ['phone:call-pin'] } } });
    const over = await put('acme', { changes: { policy: { methods: ['totp', 'phone:call-pin'] } } });

    expect(accepted.organization.telephoneOnlyAcceptedBy).toBe('Ada Example');
    expect(again.organization.telephoneOnlyAcceptedBy).toBe('Ada Example');
    expect(over.organization.telephoneOnlyAcceptedBy).toBeUndefined();
    expect(JSON.stringify((await stage.items()).filter(({ kind }) => kind === 'policy-changed'))).toContain(
      'Ada Example',
    );
  });
});

describe('putOrganization of a parent', () => {
  it('rewrites every company before it returns, and has stopped applying then', async () => {
    await put('reseller');
    for (const name of ['one', 'two', 'three']) await company(name);
    await put('two', {
      changes: { policy: { countries: ['US', 'CA', 'GB'] } },
      authority: { actorOrganizationId: 'two' },
    });

    const { organization } = await put('reseller', {
      changes: { policy: { countries: ['US'], enforcement: 'required' } },
    });

    expect(organization.applying).toBeUndefined();
    for (const name of ['one', 'two', 'three']) {
      expect(await find(name)).toMatchObject({
        policy: { countries: ['US'], enforcement: 'required', enforcedAt: stage.clock.now() },
      });
    }
    expect(await find('reseller')).toEqual(organization);
  });

  it('binds the companies also when it sets only what was so already', async () => {
    await put('reseller');
    await company('one');
    await put('one', { changes: { policy: { countries: ['GB'] } }, authority: { actorOrganizationId: 'one' } });

    await put('reseller', { changes: { policy: { countries: ['US', 'CA'] } } });

    expect((await find('one'))?.policy.countries).toEqual([]);
  });

  it('goes on where it stopped, with the next change', async () => {
    await put('reseller');
    for (const name of ['one', 'two']) await company(name);
    let left = 3;
    const failing = {
      ...stage.deps,
      table: {
        ...stage.table,
        transact: async (writes: never) =>
          (left -= 1) < 1 ? Promise.reject(new Error('gone')) : stage.table.transact(writes),
      },
    };
    const change = {
      organizationId: 'reseller',
      changes: { policy: { enforcement: 'required' } },
      authority: {},
      context,
    } as const;

    await expect(putOrganization(failing, { ...change, organization: await find('reseller') })).rejects.toThrow('gone');
    const halfway = await find('reseller');
    await putOrganization(stage.deps, { ...change, organization: halfway });

    expect(halfway?.applying).toBe(true);
    expect((await find('reseller'))?.applying).toBeUndefined();
    for (const name of ['one', 'two']) expect((await find(name))?.policy.enforcement).toBe('required');
  });

  it('has every company under its last policy, whatever happens at the same time', async () => {
    await put('reseller');
    await company('first');
    const names = Array.from({ length: 6 }, (_, number) => `company-${String(number)}`);
    const rules = [['US'], ['US', 'CA'], ['CA']];

    await Promise.all([
      ...names.map((name) => company(name)),
      ...rules.map((countries) => put('reseller', { changes: { policy: { countries } } }).catch(() => undefined)),
    ]);

    const parent = await find('reseller');
    expect(parent?.applying).toBeUndefined();
    for (const name of ['first', ...names]) {
      expect(await find(name)).toMatchObject({
        policy: { countries: parent?.policy.countries },
        inheritedVersion: parent?.policy.version,
      });
    }
  });
});
