/** The shapes of enrollments (docs/api/README.md, Enabling a user). */
import * as z from 'zod/mini';
import { phoneMethods } from '../../../shared/user-state/methods.ts';
import { phoneNumberFields } from './factors.ts';
import { timestamp } from './names.ts';

const clientId = z.optional(z.string().check(z.regex(/^[a-z2-7]{16}$/, 'must be the id of a client')));

/** The country form of row 0.4, and by which method the telephone is to be asked. */
export const createEnrollmentRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('phone'), ...phoneNumberFields, method: z.optional(z.enum(phoneMethods)), clientId }),
  z.strictObject({ kind: z.literal('any'), clientId }),
]);

export type CreateEnrollmentRequest = z.infer<typeof createEnrollmentRequest>;

const kind = z.enum(['phone', 'any']);
const openStates = ['invited', 'reminded', 'registering'] as const;

const enrollmentResponse = z.strictObject({
  enrollmentId: z.string(),
  kind,
  state: z.enum([...openStates, 'completed', 'expired', 'canceled', 'undeliverable']),
  clientId: z.string(),
  method: z.optional(z.string()),
  number: z.optional(z.strictObject({ hint: z.string(), hasExtension: z.boolean() })),
  invitations: z.number(),
  createdAt: timestamp,
  expiresAt: z.optional(timestamp),
  endedAt: z.optional(timestamp),
});

/** Of a user's own view: the one that is open. */
export const openEnrollment = z.strictObject({ enrollmentId: z.string(), kind, state: z.enum(openStates), expiresAt: timestamp });

export const enrollmentSchemas = {
  createEnrollment: { request: createEnrollmentRequest, response: enrollmentResponse, status: 201 },
  getEnrollment: { response: enrollmentResponse, status: 200 },
  resendEnrollment: { response: enrollmentResponse, status: 200 },
  cancelEnrollment: { response: enrollmentResponse, status: 200 },
} as const;
