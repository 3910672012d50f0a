/** Shapes that several doors read: ids and names as portals give them, with their limits. */
import * as z from 'zod/mini';

// eslint-disable-next-line no-control-regex -- refused by name: they break logs, mails and spoken texts
const printable = /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]+$/;

/** What is kept in a user's item is bounded in bytes, as the item is. */
export const atMostBytes = (most: number) => z.refine<string>((text) => Buffer.byteLength(text) <= most, `must be at most ${most} bytes long`);

const text = (most: number) =>
  z.string().check(z.minLength(1), z.maxLength(most), atMostBytes(most), z.regex(printable, 'must not hold control characters'), z.refine((value) => value.isWellFormed(), 'must be well-formed Unicode'));

export const organizationId = text(64);
export const userId = text(100);
export const audience = text(24);
export const label = text(32);
export const issuer = text(60);
export const protectedName = text(32);
export const objectId = z.string().check(z.minLength(1), z.maxLength(100));
/** Codes are short; a passkey's answer is the credential, as JSON. */
export const answer = z.string().check(z.minLength(1), z.maxLength(4096));
export const month = z.string().check(z.regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'must be a month, such as 2030-01'));
export const timestamp = z.string();
export const noBody = z.strictObject({});
