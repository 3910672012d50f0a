/** The shapes of clients and their keys (docs/api/README.md, Clients). */
import * as z from 'zod/mini';
import { isReturnUrl } from '../../../shared/clients/return-url.ts';
import { scopes } from '../../../shared/contract/routes.ts';
import { line, listQuery, nextCursor } from './lists.ts';
import { audience, noBody, organizationId, timestamp } from './names.ts';

const scopeList = z.array(z.enum(scopes)).check(z.minLength(1), z.maxLength(scopes.length));
const audienceList = z.array(audience).check(z.maxLength(20));
const returnUrl = z
  .string()
  .check(z.minLength(1), z.maxLength(500), z.refine(isReturnUrl, 'must be an exact https address without a fragment'));

/** What the address must be depends on the stage, and is judged with the change. */
const firstFactorCheck = z.strictObject({ url: returnUrl, signInUrl: z.exactOptional(returnUrl) });
const returnUrlList = z.array(returnUrl).check(z.maxLength(20));

export const createClientRequest = z.strictObject({
  name: line(100),
  organizationId: z.exactOptional(organizationId),
  scopes: scopeList,
  audiences: z._default(audienceList, []),
  returnUrls: z._default(returnUrlList, []),
  firstFactorCheck: z.exactOptional(firstFactorCheck),
});

export const changeClientRequest = z.strictObject({
  name: z.exactOptional(line(100)),
  scopes: z.exactOptional(scopeList),
  audiences: z.exactOptional(audienceList),
  returnUrls: z.exactOptional(returnUrlList),
  disabled: z.exactOptional(z.boolean()),
  firstFactorCheck: z.exactOptional(z.nullable(firstFactorCheck)),
});

const key = z.strictObject({ keyId: z.string(), createdAt: timestamp });

const clientFields = {
  clientId: z.string(),
  name: z.string(),
  organizationId: z.exactOptional(z.string()),
  scopes: z.array(z.string()),
  audiences: z.array(z.string()),
  returnUrls: z.array(z.string()),
  keys: z.array(key),
  disabled: z.boolean(),
  firstFactorCheck: z.exactOptional(firstFactorCheck),
  createdAt: timestamp,
};

/** The key itself is shown here, this once. */
const clientKey = z.string();
const firstFactorSecret = z.exactOptional(z.string());

const clientResponse = z.strictObject(clientFields);

export const clientSchemas = {
  listClients: { query: listQuery, response: z.strictObject({ clients: z.array(clientResponse), cursor: nextCursor }), status: 200 },
  getClient: { response: clientResponse, status: 200 },
  createClient: { request: createClientRequest, response: z.strictObject({ ...clientFields, clientKey, firstFactorSecret }), status: 201 },
  changeClient: { request: changeClientRequest, response: z.strictObject({ ...clientFields, firstFactorSecret }), status: 200 },
  createClientKey: {
    request: noBody,
    response: z.strictObject({ clientId: z.string(), keyId: z.string(), createdAt: timestamp, clientKey }),
    status: 201,
  },
  removeClientKey: { status: 204 },
} as const;
