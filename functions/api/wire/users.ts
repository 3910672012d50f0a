/** The shapes of users (docs/api/README.md, Users and their factors). */
import * as z from 'zod/mini';
import { roles } from '../../../shared/contract/routes.ts';
import { licenseItems } from '../../../shared/user-state/license-count.ts';
import { mfaStatuses } from '../../../shared/user-state/mfa-status.ts';
import { openEnrollment } from './enrollments.ts';
import { factorResponse } from './factors.ts';
import { line, nextCursor, paging } from './lists.ts';
import { audience, organizationId, timestamp, userId } from './names.ts';

/** Kept out of the API's description: not every validator knows Unicode's classes. */
const emailForm = /^[^\s@"(),:;<>[\\\]\p{C}]{1,64}@[^\s@"(),:;<>[\\\]\p{C}]{1,189}$/u;

/** Any address that fits one line and names one mailbox; whether it exists only a mail can tell. */
const email = z
  .string()
  .check(
    z.maxLength(254),
    z.refine((text) => emailForm.test(text) && text.isWellFormed(), 'must be an email address'),
  );
const locale = z.string().check(z.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'must be a language tag'));

export const userPath = z.strictObject({
  organizationId,
  userId: userId.check(
    z.refine((id) => id === id.trim() && id !== '.' && id !== '..', 'is a name that is not allowed'),
  ),
});

export const putUserRequest = z.strictObject({
  displayName: line(100),
  email,
  emailVerified: z.exactOptional(z.boolean()),
  emailProblem: z.exactOptional(z.null()),
  role: z.exactOptional(z.enum(roles)),
  identity: z.enum(['local', 'sso']),
  locale: z.exactOptional(locale),
  audiences: z.exactOptional(z.nullable(z.array(audience).check(z.minLength(1), z.maxLength(4)))),
});

export const reasonRequest = z.strictObject({ reason: line(200) });

const flag = z.pipe(
  z.enum(['true', 'false']),
  z.transform((text) => text === 'true'),
);

const mfa = z.enum(mfaStatuses);

export const listUsersQuery = z.strictObject({
  query: z.exactOptional(line(100)),
  mfa: z.exactOptional(mfa),
  lock: z.exactOptional(flag),
  ...paging,
});

const userFields = {
  userId: z.string(),
  organizationId: z.string(),
  displayName: z.string(),
  email: z.string(),
  emailVerified: z.boolean(),
  emailProblem: z.exactOptional(z.enum(['bounced', 'complained'])),
  role: z.enum(roles),
  identity: z.enum(['local', 'sso']),
  locale: z.string(),
  audiences: z.exactOptional(z.array(z.string())),
  mfa,
  lock: z.exactOptional(z.strictObject({ until: z.exactOptional(timestamp), reason: z.string() })),
  suspended: z.boolean(),
  lastSignIn: z.exactOptional(timestamp),
  createdAt: timestamp,
};

export const userResponse = z.strictObject({
  ...userFields,
  factors: z.array(factorResponse),
  licenses: z.array(z.enum(licenseItems)),
  enrollment: z.exactOptional(openEnrollment),
});

export const listActivityQuery = z.strictObject(paging);

const activity = z.strictObject({
  eventId: z.string(),
  at: timestamp,
  kind: z.string(),
  factorId: z.exactOptional(z.string()),
  method: z.exactOptional(z.string()),
  purpose: z.exactOptional(z.string()),
  audience: z.exactOptional(z.string()),
  by: z.exactOptional(z.enum(['self', 'administrator'])),
  from: z.exactOptional(z.strictObject({ network: z.exactOptional(z.string()), browser: z.exactOptional(z.string()), system: z.exactOptional(z.string()) })),
});

const certificate = z.strictObject({
  organizationId: z.string(),
  userId: z.string(),
  erasedAt: timestamp,
  erased: z.array(z.string()),
  remains: z.array(z.string()),
});

export const userSchemas = {
  listUsers: {
    query: listUsersQuery,
    response: z.strictObject({ users: z.array(z.strictObject(userFields)), cursor: nextCursor }),
    status: 200,
  },
  putUser: { request: putUserRequest, response: userResponse, status: 200, createdStatus: 201 },
  getUser: { response: userResponse, status: 200 },
  eraseUser: { response: certificate, status: 200 },
  listActivity: { query: listActivityQuery, response: z.strictObject({ events: z.array(activity), cursor: nextCursor }), status: 200 },
  unlockUser: { request: reasonRequest, response: userResponse, status: 200 },
  suspendUser: { request: reasonRequest, response: userResponse, status: 200 },
  resetUser: { request: reasonRequest, response: userResponse, status: 200 },
  disableUser: { request: reasonRequest, response: userResponse, status: 200 },
  resumeUser: { request: reasonRequest, response: userResponse, status: 200 },
} as const;
