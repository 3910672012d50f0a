import { beforeEach, describe, expect, it } from 'vitest';
import type { Authority } from '../../../../shared/organizations/authority.ts';
import type { OrganizationChanges } from '../../../../shared/organizations/decide-organization.ts';
import { openOrganizationKey } from '../../../../shared/organizations/organization-keys.ts';
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
const events = async () =>
  (await stage.items()).filter(({ sk }) => String(sk).startsWith('EVENT#')).map(({ kind }) => kind);

describe('putOrganization', () => {
  it('creates an organization with a key of its own, and says so in the audit trail', async () => {
    const { organization, isNew } = await put('acme');

    expect(isNew).toBe(true);
    expect(openOrganizationKey(stage.keys, organization).export()).toHaveLength(32);
    expect(await find('acme')).toMatchObject({
      organizationId: 'acme',
      version: 1,
      policy: { version: 1, enforcement: 'optional' },
    });
    expect(await events()).toEqual(['organization-created']);
  });

  it('changes what is given, leaves the rest, and writes nothing when nothing changes', async () => {
    await put('acme', { changes: { name: 'Acme', support: { name: 'Help', url: 'https://help.example.com/' } } });

    const changed = await put('acme', { changes: { name: 'Acme Corporation' } });
    const same = await put('acme', { changes: { name: 'Acme Corporation' } });

    expect(changed.organization).toMatchObject({ version: 2, name: 'Acme Corporation', support: { name: 'Help' } });
    expect(same.organization.version).toBe(2);
    expect(await events()).toEqual(['organization-created', 'organization-changed']);
  });

  it('takes the support away for null', async () => {
    await put('acme', { changes: { name: 'Acme', support: { name: 'Help', url: 'https://help.example.com/' } } });

    expect((await put('acme', { changes: { support: null } })).organization.support).toBeUndefined();
  });

  it('creates once, whoever asks at the same time', async () => {
    const results = await Promise.all(Array.from({ length: 6 }, () => put('acme')));

    expect(results.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await events()).toEqual(['organization-created']);
  });

  it('refuses a change of what somebody else has changed since', async () => {
    await put('acme');

    await expect(put('acme', { changes: { name: 'Other' }, ifVersion: 7 })).rejects.toThrow('version-mismatch');
    await expect(put('new', { ifVersion: 1 })).rejects.toThrow('version-mismatch');
  });

  it('has two levels, no more', async () => {
    await put('reseller');
    await company('company');

    await expect(put('branch', { parentId: 'company' })).rejects.toThrow('not-permitted');
    await expect(put('self', { parentId: 'self' })).rejects.toThrow('request-invalid');
    await expect(put('orphan', { parentId: 'nobody' })).rejects.toThrow('not-found');
  });

  it('lets a reseller make companies directly below itself and nowhere else', async () => {
    await Promise.all([put('reseller'), put('other')]);
    const authority = { clientRoot: 'reseller' };

    await expect(put('one', { parentId: 'reseller', authority })).resolves.toMatchObject({ isNew: true });
    await expect(put('two', { authority })).rejects.toThrow('not-permitted');
    await expect(put('two', { parentId: 'other', authority })).rejects.toThrow('not-found');
    await expect(put('two', { parentId: 'nobody', authority })).rejects.toThrow('not-found');
    await expect(
      put('two', { parentId: 'one', authority: { clientRoot: 'reseller', actorOrganizationId: 'one' } }),
    ).rejects.toThrow('not-permitted');
  });

  it('answers to the id of a foreign organization as if it could not be found', async () => {
    await Promise.all([put('reseller'), put('foreign')]);
    const input = { organizationId: 'foreign', organization: undefined, changes: { name: 'x' }, context };

    await expect(
      putOrganization(stage.deps, { ...input, parentId: 'reseller', authority: { clientRoot: 'reseller' } }),
    ).rejects.toThrow('not-found');
  });
});

describe('putOrganization with another parent', () => {
  it("moves a company: the old reseller's rules stay behind, the new one's hold", async () => {
    await Promise.all([put('old'), put('new', { changes: { name: 'New', policy: { pin: { minimumLength: 6 } } } })]);
    await put('company', { parentId: 'old' });
    await put('company', { changes: { policy: { countries: ['US'] } }, authority: { actorOrganizationId: 'old' } });

    const { organization } = await put('company', { parentId: 'new' });

    expect(organization).toMatchObject({
      parentId: 'new',
      policy: { pin: { minimumLength: 6 }, countries: ['US', 'CA'] },
    });
    const rows = (await stage.items()).filter(({ sk }) => sk === 'CHILD#company');
    expect(rows).toHaveLength(1);
    expect(await events()).toContain('organization-moved');
  });

  it('is for the installation only', async () => {
    await Promise.all([put('old'), put('new')]);
    await put('company', { parentId: 'old' });

    await expect(put('company', { parentId: 'new', authority: { clientRoot: 'old' } })).rejects.toThrow('not-found');
    await expect(put('company', { parentId: 'nobody', authority: { clientRoot: 'old' } })).rejects.toThrow('not-found');
  });

  it('never puts a reseller below another, not even in a race with its first company', async () => {
    await Promise.all([put('reseller'), put('above')]);

    await Promise.allSettled([put('reseller', { parentId: 'above' }), company('company')]);

    const [reseller, child] = [await find('reseller'), await find('company')];
    expect(reseller?.parentId === undefined || child === undefined).toBe(true);
    if (child) await expect(put('reseller', { parentId: 'above' })).rejects.toThrow('not-permitted');
  });
});
