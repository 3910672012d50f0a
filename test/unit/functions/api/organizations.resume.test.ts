import { beforeAll, describe, expect, it } from 'vitest';
import { resumeApplying } from '../../../../shared/organizations/apply-to-children.ts';
import { putOrganization } from '../../../../shared/organizations/put-organization.ts';
import { readOrganizations } from '../../../../shared/organizations/organization-store.ts';
import { getDependencies, type Dependencies } from '../../../../functions/start/dependencies.ts';
import { startTenants, type Tenants } from '../../../support/tenants.ts';

let tenants: Tenants;
let deps: Dependencies;
beforeAll(async () => {
  tenants = await startTenants();
  deps = await getDependencies();
});

const find = async (id: string) => (await readOrganizations(deps, [id]))[0];

/** A change of the reseller whose function is gone after the change itself and one company. */
async function dieHalfWay(countries: readonly string[]): Promise<void> {
  let left = 3;
  const table: Dependencies['table'] = {
    ...deps.table,
    transact: (writes) => ((left -= 1) < 1 ? Promise.reject(new Error('gone')) : deps.table.transact(writes)),
  };
  const change = {
    organizationId: 'r1',
    organization: await find('r1'),
    changes: { policy: { countries } },
    authority: {},
    context: { requestId: 'died', door: 'api' },
  } as const;
  await expect(putOrganization({ ...deps, table }, change)).rejects.toThrow('gone');
  expect((await find('r1'))?.applying).toBe(true);
}

describe('a change of policy whose request died half way', () => {
  it.each([
    ['the organization is read', 'GET /v1/organizations/r1', 'US'],
    ['its policy is read', 'GET /v1/organizations/r1/policy', 'CA'],
    ['the policy of one of its companies is read', 'GET /v1/organizations/c2/policy', 'GB'],
  ])('is brought to its end when %s', async (_when, request, country) => {
    await dieHalfWay([country]);

    const { body } = await tenants.ask(request);

    expect(body).not.toHaveProperty('applying');
    if (request.endsWith('c2/policy')) expect(body).toMatchObject({ rules: { countries: { value: [country] } } });
    expect((await find('r1'))?.applying).toBeUndefined();
    for (const name of ['c1', 'c2']) expect((await find(name))?.policy.countries).toEqual([country]);
  });

  it('says that it is still being applied when it cannot go on now', async () => {
    await dieHalfWay(['DE']);
    const halfWay = await find('r1');
    if (!halfWay) throw new Error('there is no r1');
    const refusing = { ...deps.table, transact: () => Promise.resolve({ done: false, refused: [0], conflicted: true } as const) };

    const read = await resumeApplying({ ...deps, table: refusing, pause: () => Promise.resolve() }, halfWay, 'request-2');

    expect(read).toBe(halfWay);
    expect((await tenants.ask('GET /v1/organizations/r1')).body).not.toHaveProperty('applying');
  });
});
