/** The shapes of verifying an address (docs/api/README.md, Users and their factors). */
import * as z from 'zod/mini';
import { answer, timestamp } from './names.ts';

export const sendEmailVerificationRequest = z.strictObject({ purpose: z.optional(z.enum(['verify', 'change-factors'])) });
export const answerEmailVerificationRequest = z.strictObject({ answer });

export const emailVerificationSchemas = {
  sendEmailVerification: {
    request: sendEmailVerificationRequest,
    response: z.strictObject({ sentTo: z.string(), state: z.enum(['sent', 'failed']), reason: z.optional(z.string()), expiresAt: timestamp }),
    status: 200,
  },
  answerEmailVerification: {
    request: answerEmailVerificationRequest,
    response: z.strictObject({
      emailVerified: z.boolean(),
      proof: z.optional(z.string()),
      reason: z.optional(z.enum(['wrong-answer', 'denied', 'locked'])),
      answersLeft: z.optional(z.number()),
    }),
    status: 200,
  },
} as const;
