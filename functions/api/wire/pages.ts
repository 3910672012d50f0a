/** The shapes of what hosted pages ask, and of the sessions that portals open for them (docs/api/README.md, Pages). */
import * as z from 'zod/mini';
import { phoneNumber, pin } from './factors.ts';
import { answer, objectId, organizationId, timestamp, userId } from './names.ts';

/** Of an address, as the browser found it: whatever its form, there is one refusal. */
const token = z.string().check(z.minLength(1), z.maxLength(200));

export const openPageSessionRequest = z.strictObject({ token });
export const sendPromptRequest = z.strictObject({ factorId: objectId });
export const answerPromptRequest = z.strictObject({ factorId: z.optional(objectId), answer });

/** Judged by the portal alone: here it is only not endless. */
export const validateRegistrationRequest = z.strictObject({ password: z.string().check(z.minLength(1), z.maxLength(1000)) });
export const registerPhoneRequest = z.strictObject({ pin: z.optional(pin), secondary: z.optional(phoneNumber) });

export const createPageSessionRequest = z.strictObject({
  page: z.enum(['security', 'console']),
  organizationId,
  userId,
  returnUrl: z.string().check(z.minLength(1), z.maxLength(500)),
});

export const pageSchemas = {
  createPageSession: { request: createPageSessionRequest, response: z.strictObject({ url: z.string(), expiresAt: timestamp }), status: 201 },
} as const;
