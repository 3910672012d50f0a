/** The shapes of the authenticator app's requests (docs/api/README.md, The authenticator app). */
import * as z from 'zod/mini';
import { appMethods } from '../../../shared/user-state/methods.ts';
import { noBody, objectId, timestamp } from './names.ts';

const base64url = (length: number) => z.string().check(z.regex(new RegExp(`^[\\w-]{${length}}$`), `must be ${length} characters of base64url`));

export const pairAppRequest = z.strictObject({
  /** 128 bits, from the pairing link. */
  secret: base64url(22),
  /** P-256, uncompressed: 65 bytes. */
  publicKey: base64url(87),
});

export const answerAppRequestRequest = z.strictObject({
  challengeId: objectId,
  send: z.int().check(z.minimum(1), z.maximum(99)),
  decision: z.enum(['approve', 'decline', 'fraud']),
  pin: z.optional(z.string().check(z.regex(/^\d{4,8}$/, 'must be 4 to 8 digits'))),
  number: z.optional(z.string().check(z.regex(/^\d{2}$/, 'must be two digits'))),
});

const webSubscription = z.strictObject({
  endpoint: z.string().check(z.minLength(1), z.maxLength(1000)),
  p256dh: base64url(87),
  auth: base64url(22),
});

const nativeSubscription = z.strictObject({
  platform: z.enum(['fcm', 'apns']),
  token: z.string().check(z.minLength(1), z.maxLength(1000), z.regex(/^[\x21-\x7e]+$/, 'must be visible ASCII characters')),
});

export const subscribeAppRequest = z.strictObject({ web: z.optional(webSubscription), native: z.optional(nativeSubscription) });

const appRequest = z.strictObject({
  challengeId: objectId,
  send: z.number(),
  organization: z.string(),
  audience: z.string(),
  purpose: z.string(),
  protects: z.optional(z.array(z.string())),
  ipAddress: z.optional(z.string()),
  browser: z.optional(z.string()),
  system: z.optional(z.string()),
  numbers: z.optional(z.array(z.string())),
  startedAt: timestamp,
  expiresAt: timestamp,
});

const method = z.enum(appMethods);

const pairedAccount = z.strictObject({ factorId: objectId, organization: z.string(), person: z.string(), method });
const appRequests = z.strictObject({ method, status: z.enum(['proving', 'active', 'inactive', 'disabled']), requests: z.array(appRequest) });
const appAnswered = z.strictObject({
  outcome: z.enum(['approved', 'declined', 'fraud-reported', 'wrong-answer', 'denied', 'locked', 'over']),
  answersLeft: z.optional(z.number()),
});

export const appSchemas = {
  pairApp: { request: pairAppRequest, response: pairedAccount, status: 200 },
  listAppRequests: { request: noBody, response: appRequests, status: 200 },
  answerAppRequest: { request: answerAppRequestRequest, response: appAnswered, status: 200 },
  subscribeApp: { request: subscribeAppRequest, response: z.strictObject({ applicationServerKey: z.string(), subscribed: z.boolean() }), status: 200 },
  unpairApp: { request: noBody, status: 204 },
} as const;
