/** The shapes of what anyone may read. */
import * as z from 'zod/mini';

const jwk = z.strictObject({
  kty: z.string(),
  crv: z.string(),
  x: z.string(),
  y: z.string(),
  kid: z.string(),
  alg: z.string(),
  use: z.string(),
});

export const serviceSchemas = {
  getHealth: { response: z.strictObject({ status: z.literal('ok'), version: z.string() }), status: 200 },
  getOpenApi: { response: z.record(z.string(), z.unknown()), status: 200 },
  getJwks: { response: z.strictObject({ keys: z.array(jwk) }), status: 200 },
} as const;
