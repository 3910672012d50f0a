import { beforeAll, describe, expect, it } from 'vitest';
import { handler as door } from '../../../../functions/api/tokens.ts';
import { operationSchemas } from '../../../../functions/api/wire/operation-schemas.ts';
import type { Operation } from '../../../../shared/contract/routes.ts';
import { callDoor, logLines, type ApiAnswer, type ApiRequest } from '../../../support/api.ts';
import { writePskc } from '../../../support/pskc.ts';
import { startTenants, type Tenants } from '../../../support/tenants.ts';
import { csvOf, seedOf } from '../../../support/token-world.ts';
import { makeAuthority } from '../../../support/vip-stand-in.ts';

let tenants: Tenants;
beforeAll(async () => {
  tenants = await startTenants();
});

const ask = (request: string, parts: ApiRequest = {}): Promise<ApiAnswer> => callDoor(door, request, { key: tenants.root, ...parts });
const imports = 'POST /v1/organizations/c1/token-imports';

function answersAs(operation: Operation, { body }: ApiAnswer): void {
  expect(operationSchemas[operation].response?.safeParse(body)).toMatchObject({ success: true });
}

describe('POST /v1/organizations/{organizationId}/token-imports', () => {
  it('imports a file once under one idempotency key, and shows it and its tokens', async () => {
    const parts = { body: { format: 'csv', content: csvOf([1, 2]) }, headers: { 'idempotency-key': 'one' } };
    const made = await ask(imports, parts);
    const again = await ask(imports, parts);
    const read = await ask(`GET /v1/organizations/c1/token-imports/${String(made.body.importId)}`);
    const list = await ask('GET /v1/organizations/c1/tokens', { query: { assigned: 'false', limit: '1' } });

    expect([made.status, made.body]).toMatchObject([201, { status: 'done', rows: 2, parts: 1 }]);
    expect([again.body, read.body]).toEqual([made.body, made.body]);
    expect(list.body).toMatchObject({ tokens: [{ credentialId: 'AB0001', type: 'totp', algorithm: 'sha1', digits: 6, period: 30 }] });
    answersAs('startTokenImport', made);
    answersAs('getTokenImport', read);
    answersAs('listTokens', list);
  });

  it('takes parts, encrypted or not, and shows the report of what is wrong', async () => {
    const key = Buffer.alloc(16, 5);
    const started = await ask(imports, { body: { format: 'pskc', hasMore: true } });
    const importId = String(started.body.importId);
    const content = writePskc([{ serial: 'PS0001', seed: seedOf(1) }], { key });
    const one = await ask(`${imports}/${importId}/parts`, { body: { part: 1, content, key: key.toString('hex'), hasMore: true } });
    const two = await ask(`${imports}/${importId}/parts`, { body: { part: 2, content: writePskc([{ serial: 'PS0001', seed: seedOf(1) }]) } });
    const read = await ask(`GET /v1/organizations/c1/token-imports/${importId}`);

    expect(started.body).toMatchObject({ status: 'receiving', parts: 0, rows: 0 });
    expect(one.body).toMatchObject({ status: 'receiving', parts: 1, rows: 1 });
    expect(two.body).toMatchObject({ status: 'refused', report: [{ row: 1, problem: 'credential-duplicate' }] });
    expect(read.body).toEqual(two.body);
    answersAs('addTokenImportPart', two);
    answersAs('getTokenImport', read);
  });

  it.each([
    ['an unknown format', { format: 'xlsx', content: 'x' }],
    ['neither content nor more to come', { format: 'csv' }],
    ['a key that is none', { format: 'pskc', content: '<a/>', key: 'abc' }],
    ['no PSKC', { format: 'pskc', content: '<a/>' }],
  ])('refuses %s, and starts nothing', async (_what, body) => {
    const before = (await tenants.database.items()).length;

    expect((await ask(imports, { body })).status).toBe(400);
    expect((await tenants.database.items()).length).toBe(before);
  });

  it('takes four megabytes, and refuses more', async () => {
    expect((await ask(imports, { body: { format: 'csv', content: `${csvOf([31])}${'\n'.repeat(2_000_000)}` } })).status).toBe(201);
    expect((await ask(imports, { body: { format: 'csv', content: 'x'.repeat(4 * 1024 * 1024) } })).status).toBe(413);
  });

  it('neither keeps nor logs a key, a passphrase or a seed', async () => {
    const passphrase = 'canary-passphrase';
    const keyText = 'c0ffee'.repeat(5) + 'ab';
    await ask(imports, { body: { format: 'pskc', content: writePskc([{ serial: 'PS0101', seed: seedOf(77) }], { passphrase }), passphrase } });
    await ask(imports, { body: { format: 'pskc', content: writePskc([{ serial: 'PS0102', seed: seedOf(77) }], { key: Buffer.from(keyText, 'hex') }), key: keyText } });
    await ask(imports, { body: { format: 'pskc', content: writePskc([{ serial: 'PS0103', seed: seedOf(77) }], { passphrase }), passphrase: 'canary-wrong' } });

    const kept = JSON.stringify(await tenants.database.items()) + logLines.join('');
    expect(kept).toContain('PS0102');
    for (const secret of [passphrase, 'canary-wrong', keyText, seedOf(77).toString('hex'), seedOf(77).toString('base64'), seedOf(77).toString()]) expect(kept).not.toContain(secret);
  });
});

describe('the stock', () => {
  it('gives a token away', async () => {
    await ask(imports, { body: { format: 'csv', content: csvOf([51]) } });

    expect((await ask('DELETE /v1/organizations/c1/tokens/ab0051')).status).toBe(204);
    expect((await ask('DELETE /v1/organizations/c1/tokens/ab0051')).status).toBe(404);
    expect((await ask('GET /v1/organizations/c1/tokens', { query: { credentialId: 'AB0051' } })).body).toEqual({ tokens: [] });
  });

  it('of another organization is not there, like one that never was', async () => {
    const made = await ask('POST /v1/organizations/c2/token-imports', { body: { format: 'csv', content: csvOf([61]) } });
    const requests = [
      `GET /v1/organizations/c1/token-imports/${String(made.body.importId)}`,
      'GET /v1/organizations/c1/token-imports/imp_AAAAAAAAAAAAAAAAAAAAAA',
      `GET /v1/organizations/c2/token-imports/${String(made.body.importId)}`,
      'GET /v1/organizations/c2/tokens',
      'GET /v1/organizations/nowhere/tokens',
      'DELETE /v1/organizations/c1/tokens/AB0061',
      'DELETE /v1/organizations/c2/tokens/AB0061',
    ];
    const answers = await Promise.all(requests.map((request) => ask(request, { key: tenants.company })));

    expect(answers.map(({ status, body }) => [status, body.type])).toEqual(requests.map(() => [404, 'https://countersign.dev/problems/not-found']));
  });

  it.each([
    ['a member', 'c1/clerk', 403],
    ['an auditor', 'c1/reader', 403],
    ['an administrator', 'c1/admin', 201],
    ['an administrator of the reseller', 'r1/boss', 201],
  ])('is filled for %s or not', async (_who, actor, status) => {
    const content = csvOf([700 + actor.length]);

    expect((await ask(imports, { actor, body: { format: 'csv', content } })).status).toBe(status);
  });
});

describe('an account at Symantec VIP', () => {
  const address = '/v1/organizations/c1/vip-account';

  it('is put, shown without its key, and taken away; a broken one is refused by field', async () => {
    const body = makeAuthority().issue('c1');
    const none = await ask(`GET ${address}`);
    const put = await ask(`PUT ${address}`, { body });
    const read = await ask(`GET ${address}`, { key: tenants.company });
    const broken = await ask(`PUT ${address}`, { body: { ...body, privateKey: 'x' } });
    const foreign = await ask('GET /v1/organizations/c2/vip-account', { key: tenants.company });

    expect([none.status, foreign.status, put.status, broken.status]).toEqual([404, 404, 200, 400]);
    expect(put.body).toMatchObject({ subject: 'CN=c1' });
    expect(read.body).toEqual(put.body);
    expect(broken.body.errors).toMatchObject([{ pointer: '#/privateKey' }]);
    answersAs('putVipAccount', put);
    answersAs('getVipAccount', read);
    expect([(await ask(`DELETE ${address}`)).status, (await ask(`DELETE ${address}`)).status]).toEqual([204, 404]);
    expect(JSON.stringify(await tenants.database.items()) + logLines.join('')).not.toContain(body.privateKey.slice(30, 90));
  });
});
