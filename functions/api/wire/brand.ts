/** The shapes of a brand (docs/api/README.md, Organizations). What a logo may be is decided by its content. */
import * as z from 'zod/mini';

const color = z.string().check(z.regex(/^#[0-9a-fA-F]{6}$/, 'must be a color such as #1f5fae'));

/** Base64 of 32 KiB, and what stands before it. */
const logo = z.string().check(z.maxLength(44_000));

export const mostBrandBytes = 64 * 1024;

export const brandRequest = z.strictObject({ color: z.exactOptional(color), logo: z.exactOptional(logo) });

const brandResponse = z.strictObject({
  color: z.exactOptional(z.string()),
  logo: z.exactOptional(z.string()),
  inheritedFrom: z.exactOptional(z.string()),
});

export const brandSchemas = {
  getBrand: { response: brandResponse, status: 200 },
  putBrand: { request: brandRequest, response: brandResponse, status: 200 },
} as const;
