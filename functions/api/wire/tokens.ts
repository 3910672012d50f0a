/** The shapes of the stock of hardware tokens (docs/api/README.md, Tokens). */
import * as z from 'zod/mini';
import { fileFormats } from '../../../shared/tokens/files/read-file.ts';
import { algorithms } from '../../../shared/tokens/files/file-row.ts';
import { nextCursor, paging } from './lists.ts';
import { timestamp } from './names.ts';

/** Lambda takes six megabytes with everything around it; JSON writes some characters of a file as two. */
export const mostImportBytes = 4 * 1024 * 1024;

const content = z.string().check(z.minLength(1), z.maxLength(mostImportBytes));
/** AES-128 or AES-256. */
const key = z.string().check(z.regex(/^([0-9a-fA-F]{32}|[0-9a-fA-F]{64})$/, 'must be 32 or 64 hexadecimal digits'));
const passphrase = z.string().check(z.minLength(1), z.maxLength(1024));

const partFields = { key: z.exactOptional(key), passphrase: z.exactOptional(passphrase), hasMore: z.exactOptional(z.boolean()) };

export const startTokenImportRequest = z
  .strictObject({ format: z.enum(fileFormats), content: z.exactOptional(content), ...partFields })
  .check(z.refine((body) => body.content !== undefined || body.hasMore === true, 'needs "content", or "hasMore": true for parts to come'));

export const addTokenImportPartRequest = z.strictObject({ part: z.int().check(z.gte(1), z.lte(10_000)), content, ...partFields });

const reportRow = z.strictObject({ row: z.number(), problem: z.string(), credentialId: z.exactOptional(z.string()) });

const importResponse = z.strictObject({
  importId: z.string(),
  format: z.enum(fileFormats),
  status: z.enum(['receiving', 'done', 'refused', 'expired']),
  parts: z.number(),
  rows: z.number(),
  problems: z.exactOptional(z.number()),
  report: z.exactOptional(z.array(reportRow)),
  createdAt: timestamp,
  endedAt: z.exactOptional(timestamp),
});

const flag = z.pipe(
  z.enum(['true', 'false']),
  z.transform((text) => text === 'true'),
);

export const listTokensQuery = z.strictObject({
  credentialId: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(64))),
  assigned: z.exactOptional(flag),
  ...paging,
});

const token = z.strictObject({
  credentialId: z.string(),
  type: z.enum(['totp', 'hotp']),
  algorithm: z.enum(algorithms),
  digits: z.number(),
  period: z.exactOptional(z.number()),
  importId: z.string(),
  owner: z.exactOptional(z.strictObject({ userId: z.string() })),
});

const pem = z.string().check(z.minLength(1), z.maxLength(7000));

/** What VIP Manager gives out, as PEM: `openssl pkcs12` takes it out of the file with a password. */
export const putVipAccountRequest = z.strictObject({ certificate: pem, privateKey: pem });

const vipAccountResponse = z.strictObject({ subject: z.string(), fingerprint: z.string(), validTo: timestamp });

export const tokenSchemas = {
  startTokenImport: { request: startTokenImportRequest, response: importResponse, status: 201 },
  addTokenImportPart: { request: addTokenImportPartRequest, response: importResponse, status: 200 },
  getTokenImport: { response: importResponse, status: 200 },
  listTokens: { query: listTokensQuery, response: z.strictObject({ tokens: z.array(token), cursor: nextCursor }), status: 200 },
  putVipAccount: { request: putVipAccountRequest, response: vipAccountResponse, status: 200 },
  getVipAccount: { response: vipAccountResponse, status: 200 },
  removeVipAccount: { status: 204 },
  removeToken: { status: 204 },
} as const;
