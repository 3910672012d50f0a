/** The sign-in routes' shapes (api.md, Sign-in). */
import * as z from 'zod/mini';
import { answer, audience, noBody, objectId, organizationId, timestamp, userId } from './names.ts';

const printableText = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));

/** Kept in the user's item while the challenge lives, so they are short. */
const nonce = z.string().check(z.minLength(1), z.maxLength(64));
const protects = z.array(printableText(32)).check(z.maxLength(4));

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

export const factorChoice = z.strictObject({
  factorId: objectId,
  kind: z.string(),
  method: z.optional(z.string()),
  label: z.optional(z.string()),
  hint: z.optional(z.string()),
});

export const progress = z.strictObject({
  factorId: z.optional(objectId),
  attempt: z.optional(z.number()),
  of: z.optional(z.number()),
  state: z.string(),
  reason: z.optional(z.string()),
  show: z.optional(z.string()),
});

export const challengeResponse = z.strictObject({
  challengeId: objectId,
  status: z.enum(['pending', 'approved', 'not-required', 'enrollment-required', 'denied', 'expired', 'canceled', 'locked']),
  reason: z.optional(z.string()),
  answersLeft: z.optional(z.number()),
  lockedUntil: z.optional(timestamp),
  factors: z.array(factorChoice),
  progress: z.optional(progress),
  result: z.optional(z.string()),
  expiresAt: timestamp,
});

export const claimsResponse = z.strictObject({
  iss: z.string(),
  aud: z.array(z.string()),
  sub: z.string(),
  org: z.string(),
  jti: z.string(),
  iat: z.number(),
  exp: z.number(),
  auth_time: z.number(),
  nonce: z.optional(z.string()),
  txn: z.string(),
  purpose: z.string(),
  protects: z.optional(z.array(z.string())),
  amr: z.array(z.string()),
  acr: z.string(),
});

export const challengeSchemas = {
  startChallenge: { request: startChallengeRequest, response: challengeResponse, status: 201 },
  getChallenge: { query: z.strictObject({ waitSeconds: z.optional(z.string()) }), response: challengeResponse, status: 200 },
  answerChallenge: { request: answerChallengeRequest, response: challengeResponse, status: 200 },
  cancelChallenge: { request: emptyRequest, response: challengeResponse, status: 200 },
  sendChallenge: { request: sendChallengeRequest, response: challengeResponse, status: 200 },
  redeemResult: { request: redeemResultRequest, response: claimsResponse, status: 200 },
} as const;
