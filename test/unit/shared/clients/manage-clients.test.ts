import { beforeEach, describe, expect, it } from 'vitest';
import { changeClient } from '../../../../shared/clients/change-client.ts';
import type { ClientAuthority } from '../../../../shared/clients/client-authority.ts';
import { holdsKey, readClientKey, type Client } from '../../../../shared/clients/client.ts';
import { createClient } from '../../../../shared/clients/create-client.ts';
import { addClientKey, removeClientKey } from '../../../../shared/clients/rotate-client-key.ts';
import { readClient } from '../../../../shared/clients/save-client.ts';
import { makeStage, type Stage } from '../../../support/stage.ts';

const context = { requestId: 'request-1', door: 'api' } as const;
const fields = { name: 'Portal', scopes: ['sign-in'], audiences: ['portal'], returnUrls: [] } as const;

let stage: Stage;
beforeEach(async () => {
  stage = await makeStage();
  await stage.makeOrganization({ organizationId: 'r1' });
  await stage.makeOrganization({ organizationId: 'c1', parentId: 'r1' });
  await stage.makeOrganization({ organizationId: 'r2' });
});

const authority = async (changes: Partial<Client> = {}): Promise<ClientAuthority> => ({
  client: (await stage.makeClient(changes)).client,
});
const create = (by: ClientAuthority, changes: object = {}) =>
  createClient(stage.deps, { authority: by, keyMode: 'live', fields: { ...fields, ...changes }, context });
const find = (clientId: string) => readClient(stage.deps, clientId);

describe('createClient', () => {
  it('makes a key that opens the client, and keeps only its hash', async () => {
    const { client, secretText } = await create(await authority());

    const presented = readClientKey(secretText);
    expect(secretText).toMatch(/^cs_live_[a-z2-7]{16}_[a-z2-7]{8}_[a-z2-7]{52}$/);
    expect(presented?.clientId).toBe(client.clientId);
    expect(holdsKey(stage.keys, (await find(client.clientId)) as Client, presented as never)).toBe(true);
    expect(JSON.stringify(await stage.scan())).not.toContain(secretText.slice(-52));
  });

  it('gives the new client the root of whoever makes it, unless told a lower one', async () => {
    const by = await authority({ organizationId: 'r1' });

    expect((await create(by)).client.organizationId).toBe('r1');
    expect((await create(by, { organizationId: 'c1' })).client.organizationId).toBe('c1');
    expect((await create({ ...by, actorOrganizationId: 'c1' })).client.organizationId).toBe('c1');
    expect((await create(await authority())).client.organizationId).toBeUndefined();
  });

  it.each(['r2', 'nobody'])('knows nothing of an organization outside its subtree (%s)', async (organizationId) => {
    await expect(create(await authority({ organizationId: 'r1' }), { organizationId })).rejects.toThrow('not-found');
  });

  it('passes on no scope and no audience that it has not itself', async () => {
    const by = await authority({ scopes: ['clients', 'sign-in'], audiences: ['portal'] });

    await expect(create(by, { scopes: ['users'] })).rejects.toThrow('not-permitted');
    await expect(create(by, { audiences: ['vpn'] })).rejects.toThrow('not-permitted');
    await expect(create(by)).resolves.toBeDefined();
  });

  it('writes what must be remembered with the client, or neither', async () => {
    const refusing = {
      ConditionCheck: {
        TableName: stage.table.name,
        Key: { pk: { S: 'x' }, sk: { S: 'x' } },
        ConditionExpression: 'attribute_exists(pk)',
      },
    };

    const made = createClient(stage.deps, { keyMode: 'test', fields, context, remember: () => [refusing] });

    await expect(made).rejects.toThrow('unavailable');
    expect((await stage.items()).filter(({ sk }) => sk === 'CLIENT')).toEqual([]);
  });
});

describe('changeClient', () => {
  const change = async (by: ClientAuthority, clientId: string, asked: object, ifVersion?: number) =>
    changeClient(stage.deps, {
      authority: by,
      keyMode: 'live',
      target: await find(clientId),
      fields: asked,
      context,
      ...(ifVersion === undefined ? {} : { ifVersion }),
    });

  it('changes what is given, and tells of it in the trail', async () => {
    const by = await authority({ organizationId: 'r1' });
    const { client } = await create(by);

    const changed = await change(by, client.clientId, {
      returnUrls: ['https://portal.example.com/back'],
      disabled: true,
    });

    expect(changed.client).toMatchObject({
      version: 2,
      name: 'Portal',
      returnUrls: ['https://portal.example.com/back'],
      disabled: true,
    });
    expect((await stage.items()).map(({ kind }) => kind).filter(Boolean)).toEqual(['client-created', 'client-changed']);
  });

  it('knows nothing of a client outside its subtree, above it, or that does not exist', async () => {
    const by = await authority({ organizationId: 'r1' });
    const foreign = await authority({ organizationId: 'r2' });
    const whole = await authority();

    for (const { client } of [foreign, whole]) {
      await expect(change(by, client.clientId, { name: 'x' })).rejects.toThrow('not-found');
    }
    await expect(change(by, 'aaaaaaaaaaaaaaaa', { name: 'x' })).rejects.toThrow('not-found');
  });

  it('touches no client that may do more, and gives none more than it has', async () => {
    const strong = await authority({ organizationId: 'r1' });
    const weak = await authority({ organizationId: 'r1', scopes: ['clients', 'sign-in'], audiences: ['portal'] });
    const { client } = await create(weak);

    await expect(change(weak, strong.client.clientId, { name: 'x' })).rejects.toThrow('not-permitted');
    await expect(change(weak, client.clientId, { scopes: ['users'] })).rejects.toThrow('not-permitted');
  });

  it('refuses a change of what somebody else has changed since', async () => {
    const by = await authority();
    const { client } = await create(by);
    await change(by, client.clientId, { name: 'One' }, 1);

    await expect(change(by, client.clientId, { name: 'Two' }, 1)).rejects.toThrow('version-mismatch');
  });
});

describe('addClientKey and removeClientKey', () => {
  const add = async (by: ClientAuthority, clientId: string) =>
    addClientKey(stage.deps, { authority: by, target: await find(clientId), keyMode: 'test', context });

  it('lets two keys live at once, for rotation, and no third', async () => {
    const by = await authority();
    const { client, secretText } = await create(by);
    const added = await add(by, client.clientId);

    await expect(add(by, client.clientId)).rejects.toThrow('client-keys-full');
    await removeClientKey(stage.deps, {
      authority: by,
      target: await find(client.clientId),
      keyId: client.keys[0]?.keyId ?? '',
      context,
    });

    const kept = (await find(client.clientId)) as Client;
    expect(holdsKey(stage.keys, kept, readClientKey(secretText) as never)).toBe(false);
    expect(holdsKey(stage.keys, kept, readClientKey(added.secretText) as never)).toBe(true);
  });

  it('never has more than two, however many ask at once', async () => {
    const by = await authority();
    const { client } = await create(by);

    await Promise.allSettled(Array.from({ length: 5 }, () => add(by, client.clientId)));

    expect((await find(client.clientId))?.keys).toHaveLength(2);
  });

  it('gives no key of a client that may do more', async () => {
    const strong = await authority({ organizationId: 'r1' });
    const weak = await authority({ organizationId: 'r1', scopes: ['clients'], audiences: [] });

    await expect(add(weak, strong.client.clientId)).rejects.toThrow('not-permitted');
  });

  it('finds no key of that id to remove', async () => {
    const by = await authority();

    await expect(
      removeClientKey(stage.deps, { authority: by, target: by.client, keyId: 'aaaaaaaa', context }),
    ).rejects.toThrow('not-found');
  });
});
