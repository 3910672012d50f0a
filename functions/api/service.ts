/** What anyone may read: whether the service is well, its description, and the keys that verify its results. */
import { serviceVersion } from '../../shared/contract/version.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { stageKeysKey } from '../../shared/platform/crypto/stage-keys.ts';
import { Problem } from '../../shared/platform/problems/problem.ts';
import { getDependencies } from '../start/dependencies.ts';
import { publicDoor } from './request/api-door.ts';
import { openApiDocument } from './wire/openapi.ts';

let document: Record<string, unknown> | undefined;

/** Verifiers ask again within minutes, and a new key is published an hour before it signs. */
const keysMaxAge = { 'cache-control': 'public, max-age=300' };

export const handler = publicDoor({
  getHealth: async () => {
    const { table } = await getDependencies();
    // The keys may come from memory; the table is asked each time.
    const [stageKeys] = await table.read([stageKeysKey]);
    if (!stageKeys) throw new Problem('not-bootstrapped');
    return { status: 200, body: { status: 'ok', version: serviceVersion } };
  },
  getOpenApi: () => {
    document ??= openApiDocument(readEnvironment(['COUNTERSIGN_ISSUER']).COUNTERSIGN_ISSUER);
    return Promise.resolve({ status: 200, body: document, headers: keysMaxAge });
  },
  getJwks: async () => {
    const { keys } = await getDependencies();
    return { status: 200, body: { keys: keys.published.map(({ jwk }) => jwk) }, headers: keysMaxAge };
  },
});
