/**
 * What the sign-in routes are asked (docs/api/README.md, Sign-in). What they answer stands apart: it is for the API's description,
 * and signing in starts sooner without it.
 */
import * as z from 'zod/mini';
import { answer, audience, noBody, objectId, organizationId, protectedName, userId } from './names.ts';

const printableText = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));

/** Kept in the user's item while the challenge lives, so they are short. */
const nonce = z.string().check(z.minLength(1), z.maxLength(64), z.regex(/^[\x21-\x7e]*$/, 'must be visible ASCII characters'));
const protects = z.array(protectedName).check(
  z.maxLength(4),
  z.refine((names) => Buffer.byteLength(names.join('')) <= 64, 'must be at most 64 bytes long, all together'),
);

export const purpose = z.enum(['sign-in', 'change-factors', 'administer']);

export const startChallengeRequest = z.strictObject({
  organizationId,
  userId,
  audience,
  firstFactor: z.enum(['password', 'sso']),
  purpose: z._default(purpose, 'sign-in'),
  protects: z.optional(protects),
  factorId: z.optional(objectId),
  answer: z.optional(answer),
  nonce: z.optional(nonce),
  returnUrl: z.optional(printableText(500)),
  context: z.optional(z.strictObject({ ipAddress: z.optional(printableText(45)), userAgent: z.optional(printableText(500)) })),
});

export const answerChallengeRequest = z.strictObject({ factorId: z.optional(objectId), answer });
export const sendChallengeRequest = z.strictObject({ factorId: objectId });
export const redeemResultRequest = z.strictObject({ result: z.string().check(z.minLength(1), z.maxLength(4096)) });
export const emptyRequest = noBody;
