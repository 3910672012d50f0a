/** The shapes of organizations and of the audit list (docs/api/README.md, Organizations). */
import * as z from 'zod/mini';
import { isFreeId } from '../../../shared/organizations/organization.ts';
import { line, listQuery, nextCursor, paging } from './lists.ts';
import { month, noBody, organizationId, timestamp, userId } from './names.ts';
import { policyChange, policyResponse } from './policy.ts';

export const newOrganizationId = organizationId.check(z.refine(isFreeId, 'is a name that is not allowed'));

const supportUrl = z.string().check(
  z.minLength(1),
  z.maxLength(300),
  z.refine((text) => /^https:\/\/[\x21-\x7e]+$/.test(text) && URL.canParse(text), 'must be an https address'),
);

const support = z.strictObject({ name: line(100), url: supportUrl });

export const putOrganizationRequest = z.strictObject({
  name: line(100),
  parentId: z.exactOptional(organizationId),
  policy: z.exactOptional(policyChange),
  support: z.exactOptional(z.nullable(support)),
});

export const organizationResponse = z.strictObject({
  organizationId: z.string(),
  name: z.string(),
  parentId: z.exactOptional(z.string()),
  support: z.exactOptional(z.strictObject({ name: z.string(), url: z.string() })),
  applying: z.exactOptional(z.boolean()),
  createdAt: timestamp,
});

const organizationList = z.strictObject({ organizations: z.array(organizationResponse), cursor: nextCursor });

const time = z.string().check(
  z.maxLength(40),
  z.refine(
    (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)),
    'must be an RFC 3339 time',
  ),
);

const auditFields = {
  userId: z.exactOptional(userId),
  kind: z.exactOptional(z.string().check(z.regex(/^[a-z-]{1,60}$/, 'must be the name of a kind of event'))),
  from: z.exactOptional(time),
  to: z.exactOptional(time),
  ...paging,
};

export const auditQuery = z
  .strictObject(auditFields)
  .check(
    z.refine(
      ({ from, to }) => from === undefined || to === undefined || Date.parse(from) <= Date.parse(to),
      '"from" must not be after "to"',
    ),
  );

export const costsQuery = z.strictObject({ month: z.exactOptional(month) });

const costsResponse = z.strictObject({
  month: z.string(),
  currency: z.string(),
  pricesAsOf: z.string(),
  total: z.number(),
  items: z.array(z.strictObject({ kind: z.enum(['call', 'text', 'mail', 'push']), count: z.number(), cost: z.number() })),
});

const auditEvent = z.strictObject({
  eventId: z.string(),
  at: timestamp,
  kind: z.string(),
  userId: z.exactOptional(z.string()),
  challengeId: z.exactOptional(z.string()),
  factorId: z.exactOptional(z.string()),
  door: z.string(),
  clientId: z.exactOptional(z.string()),
  actor: z.exactOptional(z.string()),
  ipAddress: z.exactOptional(z.string()),
  userAgent: z.exactOptional(z.string()),
  policyVersion: z.exactOptional(z.number()),
  detail: z.exactOptional(z.record(z.string(), z.unknown())),
  requestId: z.string(),
  times: z.exactOptional(z.number()),
  lastAt: z.exactOptional(timestamp),
});

const auditList = z.strictObject({ events: z.array(auditEvent), cursor: nextCursor });

export const emptyRequest = noBody;

export const organizationSchemas = {
  listOrganizations: { query: listQuery, response: organizationList, status: 200 },
  putOrganization: { request: putOrganizationRequest, response: organizationResponse, status: 200, createdStatus: 201 },
  getOrganization: { response: organizationResponse, status: 200 },
  getPolicy: { response: policyResponse, status: 200 },
  changePolicy: { request: policyChange, response: policyResponse, status: 200 },
  getCosts: { query: costsQuery, response: costsResponse, status: 200 },
  listAudit: { query: auditQuery, response: auditList, status: 200 },
  listInstallationAudit: { query: auditQuery, response: auditList, status: 200 },
} as const;
