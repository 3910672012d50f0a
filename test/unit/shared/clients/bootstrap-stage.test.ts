import { beforeEach, describe, expect, it } from 'vitest';
import { bootstrapStage } from '../../../../shared/clients/bootstrap-stage.ts';
import { readClientKey } from '../../../../shared/clients/client.ts';
import { readClient } from '../../../../shared/clients/save-client.ts';
import { stageKeyLoader } from '../../../../shared/platform/crypto/stage-keys.ts';
import { makeStage, type Stage } from '../../../support/stage.ts';

const service = {
  create: () => Promise.resolve({ plain: Buffer.alloc(32, 9), wrapped: Buffer.from('wrapped') }),
  unwrap: () => Promise.resolve(Buffer.alloc(32, 9)),
};

let stage: Stage;
beforeEach(async () => {
  stage = await makeStage();
});

const bootstrap = (input: { organizationId?: string; another?: boolean } = {}) =>
  bootstrapStage(
    { ...stage.deps, service, loadKeys: () => stageKeyLoader(stage.table, service)(stage.clock.now()) },
    { ...input, keyMode: 'test', requestId: 'r' },
  );

describe('bootstrapStage', () => {
  it('makes keys and a client for the whole installation, once', async () => {
    const { clientId, clientKey } = await bootstrap();

    expect(readClientKey(clientKey)?.clientId).toBe(clientId);
    expect(await readClient(stage.deps, clientId)).toMatchObject({
      audiences: ['portal', 'vpn'],
      scopes: expect.arrayContaining(['clients', 'organizations']) as string[],
    });
    expect((await readClient(stage.deps, clientId))?.organizationId).toBeUndefined();
    await expect(bootstrap()).rejects.toThrow('first client already');
  });

  it('makes another for an operator who asks for one, under the same keys', async () => {
    const first = await bootstrap();

    const second = await bootstrap({ another: true });

    expect(second.clientId).not.toBe(first.clientId);
    expect((await stage.items()).filter(({ sk }) => sk === 'KEYS')).toMatchObject([{ version: 1 }]);
  });

  it('makes the organization whose client it shall be, when it is not there', async () => {
    const { clientId } = await bootstrap({ organizationId: 'acme' });

    expect(await readClient(stage.deps, clientId)).toMatchObject({ organizationId: 'acme' });
    expect((await stage.items()).filter(({ sk }) => sk === 'ORG')).toMatchObject([
      { organizationId: 'acme', name: 'acme' },
    ]);
  });

  it('makes one first client, whoever else asks at the same time', async () => {
    const results = await Promise.allSettled([bootstrap(), bootstrap()]);

    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await stage.items()).filter(({ sk }) => sk === 'CLIENT')).toHaveLength(1);
  });
});
