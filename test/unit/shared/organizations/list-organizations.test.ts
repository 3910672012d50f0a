import { beforeAll, describe, expect, it } from 'vitest';
import type { Authority } from '../../../../shared/organizations/authority.ts';
import { listOrganizations } from '../../../../shared/organizations/list-organizations.ts';
import { putOrganization } from '../../../../shared/organizations/put-organization.ts';
import { makeStage, type Stage } from '../../../support/stage.ts';

const context = { requestId: 'request-1', door: 'api' } as const;

let stage: Stage;
beforeAll(async () => {
  stage = await makeStage();
  for (const name of ['r1', 'r2']) await put(name);
  for (const name of ['c1', 'c2', 'c3']) await put(name, 'r1');
  await put('c4', 'r2');
});

const put = (organizationId: string, parentId?: string) =>
  putOrganization(stage.deps, {
    organizationId,
    organization: undefined,
    ...(parentId ? { parentId } : {}),
    changes: { name: organizationId },
    authority: {},
    context,
  });

async function all(authority: Authority, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listOrganizations(stage.deps, { authority, limit, ...(cursor === undefined ? {} : { cursor }) });
    ids.push(...page.organizations.map(({ organizationId }) => organizationId));
    ({ cursor } = page);
  } while (cursor !== undefined);
  return ids;
}

describe('listOrganizations', () => {
  it.each([
    ['the installation', {}, ['c1', 'c2', 'c3', 'c4', 'r1', 'r2']],
    ['a reseller', { clientRoot: 'r1' }, ['r1', 'c1', 'c2', 'c3']],
    ['a person of a reseller', { actorOrganizationId: 'r2' }, ['r2', 'c4']],
    ["a person of a company, through the reseller's client", { clientRoot: 'r1', actorOrganizationId: 'c2' }, ['c2']],
  ] as [string, Authority, string[]][])(
    'shows %s what it administers, and no more',
    async (_who, authority, expected) => {
      expect(await all(authority, 50)).toEqual(expected);
      expect(await all(authority, 1)).toEqual(expected);
    },
  );

  it('refuses the cursor of another list', async () => {
    const { cursor = '' } = await listOrganizations(stage.deps, { authority: { clientRoot: 'r1' }, limit: 1 });

    await expect(listOrganizations(stage.deps, { authority: { clientRoot: 'r2' }, limit: 1, cursor })).rejects.toThrow(
      'cursor-invalid',
    );
  });
});
