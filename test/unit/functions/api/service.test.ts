import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { handler } from '../../../../functions/api/service.ts';
import { operationSchemas } from '../../../../functions/api/wire/operation-schemas.ts';
import { handler as operator } from '../../../../functions/operator/bootstrap.ts';
import { routes } from '../../../../shared/contract/routes.ts';
import { callDoor, startInstallation } from '../../../support/api.ts';

beforeAll(async () => {
  await startInstallation();
});

const packageVersion = (
  JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

describe('GET /v1/health', () => {
  it('is 503 until there are keys, then says that all is well', async () => {
    const before = await callDoor(handler, 'GET /v1/health');
    await operator({ command: 'bootstrap' }, { awsRequestId: 'r' });
    const after = await callDoor(handler, 'GET /v1/health');

    expect([before.status, before.body]).toMatchObject([
      503,
      { type: 'https://countersign.dev/problems/not-bootstrapped' },
    ]);
    expect([after.status, after.body]).toEqual([200, { status: 'ok', version: packageVersion }]);
  });
});

describe('GET /.well-known/jwks.json', () => {
  it('publishes public keys only, for a few minutes', async () => {
    const { status, body, headers } = await callDoor(handler, 'GET /.well-known/jwks.json');

    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('public, max-age=300');
    expect(operationSchemas.getJwks.response?.safeParse(body)).toMatchObject({ success: true });
    expect(JSON.stringify(body)).not.toContain('"d"');
  });
});

describe('GET /v1/openapi.json', () => {
  it('describes every route, with shapes for what it takes and gives', async () => {
    const { body } = await callDoor(handler, 'GET /v1/openapi.json');
    const document = body as {
      openapi: string;
      paths: Record<string, Record<string, { operationId: string; responses: object }>>;
      components: Record<string, object>;
    };

    expect(document.openapi).toBe('3.1.0');
    for (const { method, path, operation } of routes) {
      expect(document.paths[path]?.[method.toLowerCase()]).toMatchObject({ operationId: operation });
      expect(Object.keys(document.paths[path]?.[method.toLowerCase()]?.responses ?? {})).toContain(
        String(operationSchemas[operation].status),
      );
    }
  });

  it('refers to nothing that is not in it', async () => {
    const { body } = await callDoor(handler, 'GET /v1/openapi.json');
    const { components } = body as { components: Record<string, Record<string, object>> };
    const references = [...JSON.stringify(body).matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)];

    expect(references.length).toBeGreaterThan(100);
    for (const [, kind = '', name = ''] of references) expect(components[kind]?.[name]).toBeDefined();
  });
});

describe('what is no route', () => {
  it('is answered like everything else that is not there', async () => {
    const { status, body, headers } = await callDoor(handler, 'GET /v1/nowhere');

    expect(status).toBe(404);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(body).toMatchObject({ type: 'https://countersign.dev/problems/not-found', status: 404 });
  });
});

describe('the description of a request body', () => {
  it('says whether it may be left out', async () => {
    const { body } = await callDoor(handler, 'GET /v1/openapi.json');
    const { paths } = body as { paths: Record<string, Record<string, { requestBody?: { required: boolean } }>> };

    expect(paths['/v1/challenges']?.['post']?.requestBody?.required).toBe(true);
    expect(paths['/v1/challenges/{challengeId}/cancel']?.['post']?.requestBody?.required).toBe(false);
  });
});
