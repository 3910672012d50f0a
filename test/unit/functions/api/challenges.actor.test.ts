import { beforeAll, describe, expect, it } from 'vitest';
import { handler } from '../../../../functions/api/challenges.ts';
import { callDoor, type ApiAnswer } from '../../../support/api.ts';
import { startTenants, type Tenants } from '../../../support/tenants.ts';

let tenants: Tenants;
beforeAll(async () => {
  tenants = await startTenants();
});

function start(userId: string, actor?: string): Promise<ApiAnswer> {
  const body = { organizationId: 'c1', userId, audience: 'portal', firstFactor: 'password' };
  return callDoor(handler, 'POST /v1/challenges', { key: tenants.root, body, ...(actor ? { actor } : {}) });
}

describe('POST /v1/challenges for an actor', () => {
  it.each([
    ['clerk', 'c1/clerk'],
    ['clerk', 'c1/admin'],
    ['clerk', 'r1/boss'],
    ['reader', 'c1/reader'],
    ['clerk', undefined],
  ])('starts for %s when %s asks', async (userId, actor) => {
    expect((await start(userId, actor)).status).toBe(201);
  });

  it.each([
    ['clerk', 'c1/reader'],
    ['admin', 'c1/clerk'],
  ])('does not start for %s when %s asks', async (userId, actor) => {
    expect((await start(userId, actor)).status).toBe(403);
  });
});

describe('a challenge', () => {
  it('is not there for another member', async () => {
    const { challengeId } = (await start('reader', 'c1/reader')).body as { challengeId: string };
    const read = (actor: string) => callDoor(handler, `GET /v1/challenges/${challengeId}`, { key: tenants.root, actor });

    expect((await read('c1/reader')).status).toBe(200);
    expect((await read('c1/clerk')).status).toBe(403);
    const cancel = { key: tenants.root, actor: 'c1/clerk', body: {} };
    expect((await callDoor(handler, `POST /v1/challenges/${challengeId}/cancel`, cancel)).status).toBe(403);
  });
});
