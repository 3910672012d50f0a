/** What the JSON API of the phone page takes. Unknown fields are refused, so that a slip of the pen is noticed. */
import { z } from 'zod';

const longestSeconds = 10 * 366 * 24 * 3600;
const seconds = z.number().min(0).max(longestSeconds);

function hasAny(body: object): boolean {
  return Object.values(body).some((value) => value !== undefined);
}
const nothingAsked = { error: 'must name at least one of the fields' };

export const noBody = z.strictObject({});
export const keysBody = z.strictObject({
  keys: z.string().regex(/^[0-9*#]{1,50}$/, { error: 'must be 1 to 50 of 0-9, * and #' }),
});
export const replyBody = z.strictObject({
  text: z.string().min(1).max(1600),
  from: z.string().min(1).max(320).optional(),
  to: z.string().min(1).max(320).optional(),
});
export const clockBody = z.strictObject({ advanceSeconds: z.number().positive().max(longestSeconds) });

export const callFaultsBody = z
  .strictObject({
    outageSeconds: seconds.optional(),
    delaySeconds: seconds.optional(),
    duplicate: z.boolean().optional(),
  })
  .refine(hasAny, nothingAsked);
const someone = z.union([z.boolean(), z.string().min(1).max(320)]);
export const messageFaultsBody = z
  .strictObject({
    outageSeconds: seconds.optional(),
    delaySeconds: seconds.optional(),
    duplicate: z.boolean().optional(),
    bounce: someone.optional(),
    complaint: someone.optional(),
  })
  .refine(hasAny, nothingAsked);
