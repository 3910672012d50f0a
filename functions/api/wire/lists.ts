/** Shapes that every list and every edit shares. */
import * as z from 'zod/mini';
import { cleanText } from '../../../shared/platform/clean-text.ts';

/** A line that people read: without control characters, and not empty without them. */
export const line = (most: number) => z.string().check(z.overwrite(cleanText), z.minLength(1), z.maxLength(most));

export const mostPerPage = 50;

const pageLimit = z.pipe(
  z.string().check(z.regex(/^([1-9]|[1-4][0-9]|50)$/, `must be a whole number from 1 to ${String(mostPerPage)}`)),
  z.transform(Number),
);

export const paging = {
  cursor: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(4000))),
  limit: z.exactOptional(pageLimit),
};

export const nextCursor = z.exactOptional(z.string());

export const listQuery = z.strictObject(paging);
