import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handler as challenges } from '../../../../functions/api/challenges.ts';
import { handler as factors } from '../../../../functions/api/factors.ts';
import { handler as organizations } from '../../../../functions/api/organizations.ts';
import { handler as stock } from '../../../../functions/api/tokens.ts';
import { handler as users } from '../../../../functions/api/users.ts';
import { handler as operator } from '../../../../functions/operator/bootstrap.ts';
import { callDoor, startInstallation, type ApiAnswer, type ApiRequest } from '../../../support/api.ts';
import { startFaultProxy, type FaultProxy } from '../../../support/fault-proxy.ts';
import { csvOf, hotpCode } from '../../../support/token-world.ts';

let proxy: FaultProxy;
let key: string;
const path = '/v1/organizations/acme';
type Door = Parameters<typeof callDoor>[0];
const ask = (door: Door, request: string, parts: ApiRequest = {}): Promise<ApiAnswer> => callDoor(door, request, { key, ...parts });
const start = (answer?: string, headers?: Record<string, string>): Promise<ApiAnswer> =>
  ask(challenges, 'POST /v1/challenges', {
    body: { organizationId: 'acme', userId: 'frank', audience: 'portal', firstFactor: 'password', ...(answer === undefined ? {} : { answer }) },
    ...(headers ? { headers } : {}),
  });

beforeAll(async () => {
  const { endpoint } = await startInstallation();
  proxy = await startFaultProxy(endpoint);
  process.env['AWS_ENDPOINT_URL_DYNAMODB'] = proxy.endpoint;
  key = ((await operator({ command: 'bootstrap' }, { awsRequestId: 'r' })) as { clientKey: string }).clientKey;
  await ask(organizations, `PUT ${path}`, { body: { name: 'Acme', policy: { methods: ['totp', 'token'] } } });
  await ask(users, `PUT ${path}/users/frank`, { body: { displayName: 'Frank', email: 'frank@example.com', identity: 'local' } });
  await ask(stock, `POST ${path}/token-imports`, { body: { format: 'csv', content: csvOf([1], 'hotp') } });
});
afterAll(() => proxy.stop());

const calls = (): string[] => proxy.seen.map(({ operation }) => operation);

describe('a hardware token, through the doors', () => {
  it('is read with its import when it is added and once more when it is confirmed, and taken by that one transaction', async () => {
    const { challengeId } = (await start()).body as { challengeId: string };
    proxy.follow(() => 'pass');
    const added = await ask(factors, `POST ${path}/users/frank/factors`, { body: { kind: 'token', credentialId: 'AB0001', challengeId } });
    expect(calls()).toEqual(['BatchGetItem', 'BatchGetItem', 'BatchGetItem', 'TransactWriteItems']);
    proxy.follow(() => 'pass');
    const body = { answer: hotpCode(1, 0), nextAnswer: hotpCode(1, 1) };
    const confirmed = await ask(factors, `POST ${path}/users/frank/factors/${String(added.body.factorId)}/confirm`, { body });

    expect(confirmed.body).toMatchObject({ status: 'active' });
    expect(calls()).toEqual(['BatchGetItem', 'BatchGetItem', 'BatchGetItem', 'TransactWriteItems']);
  });

  it('signs in by one read and one transaction, with its start or after it', async () => {
    proxy.follow(() => 'pass');
    expect((await start(hotpCode(1, 2))).body).toMatchObject({ status: 'approved' });
    expect(calls()).toEqual(['BatchGetItem', 'TransactWriteItems']);

    const { challengeId } = (await start()).body as { challengeId: string };
    proxy.follow(() => 'pass');
    expect((await ask(challenges, `POST /v1/challenges/${challengeId}/answer`, { body: { answer: hotpCode(1, 3) } })).body).toMatchObject({ status: 'approved' });
    expect(calls()).toEqual(['BatchGetItem', 'TransactWriteItems']);
  });

  it('gives the same answer when the reply was lost, and uses its code once', async () => {
    let drops = 0;
    proxy.follow((operation) => {
      const isDropped = operation === 'TransactWriteItems' && drops === 0;
      drops += Number(isDropped);
      return isDropped ? 'apply-then-drop' : 'pass';
    });

    const first = await start(hotpCode(1, 4), { 'idempotency-key': 'lost' });
    const again = await start(hotpCode(1, 4), { 'idempotency-key': 'lost' });

    expect([first.body.status, again.body.status]).toEqual(['approved', 'approved']);
    expect((await start(hotpCode(1, 4))).body.type).toMatch(/answer-used$/);
  });
});
