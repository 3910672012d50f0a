/** The shapes of a policy's rehearsal (docs/api/README.md, Organizations). */
import * as z from 'zod/mini';
import { nextCursor } from './lists.ts';
import { timestamp } from './names.ts';
import { policyChange } from './policy.ts';

export const rehearsalQuery = z.strictObject({ cursor: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(4000))) });

const named = { organizationId: z.string(), userId: z.string(), displayName: z.string(), lastSignIn: z.exactOptional(timestamp) };
const count = z.int().check(z.gte(0));
const bill = z.strictObject({ calls: count, texts: count, amount: z.number() });

const rehearsalResponse = z.strictObject({
  complete: z.boolean(),
  numbers: z.strictObject({ examined: count, untouched: count, asked: count, redirected: count, lockedOut: count, losingFactors: count }),
  redirected: z.array(z.strictObject(named)),
  lockedOut: z.array(
    z.strictObject({
      ...named,
      because: z.exactOptional(z.enum(['invitation-needed', 'no-usable-factor', 'methods-not-allowed'])),
      already: z.exactOptional(z.boolean()),
    }),
  ),
  setUpUntil: z.exactOptional(timestamp),
  signIns: z.strictObject({ from: timestamp, counted: count, open: count }),
  cost: z.strictObject({ currency: z.string(), pricesAsOf: z.string(), before: bill, after: bill, mostWithOpen: z.number() }),
  cursor: nextCursor,
});

export const rehearsalSchemas = {
  rehearsePolicy: { request: policyChange, query: rehearsalQuery, response: rehearsalResponse, status: 200 },
} as const;
