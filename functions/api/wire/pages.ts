/** The shapes of what hosted pages ask, and of the sessions that portals open for them (docs/api/README.md, Pages). */
import * as z from 'zod/mini';
import { answer, objectId, organizationId, timestamp, userId } from './names.ts';

/** Of an address, as the browser found it: whatever its form, there is one refusal. */
const token = z.string().check(z.minLength(1), z.maxLength(200));

export const openPageSessionRequest = z.strictObject({ token });
export const sendPromptRequest = z.strictObject({ factorId: objectId });
export const answerPromptRequest = z.strictObject({ factorId: z.optional(objectId), answer });

export const createPageSessionRequest = z.strictObject({
  page: z.enum(['security', 'console']),
  organizationId,
  userId,
  returnUrl: z.string().check(z.minLength(1), z.maxLength(500)),
});

export const pageSchemas = {
  createPageSession: { request: createPageSessionRequest, response: z.strictObject({ url: z.string(), expiresAt: timestamp }), status: 201 },
} as const;
