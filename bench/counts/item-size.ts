/**
 * Sizes of items and the capacity units they cost, by DynamoDB's published rules: names and texts in UTF-8, bytes as they
 * are, a number about a byte per two digits and one more, a list or map three bytes and one for each of its entries.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Attributes } from '../../shared/platform/dynamo/attributes.ts';

const readUnit = 4096;
const writeUnit = 1024;

function numberSize(text: string): number {
  const digits = text.replace('-', '').replace('.', '').replace(/^0+/, '').replace(/0+$/, '');
  return Math.max(1, Math.ceil(digits.length / 2)) + 1 + (text.startsWith('-') ? 1 : 0);
}

function valueSize(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return numberSize(value.N);
  if (value.B !== undefined) return value.B.length;
  if (value.BOOL !== undefined || value.NULL !== undefined) return 1;
  if (value.L !== undefined) return value.L.reduce((sum, each) => sum + valueSize(each) + 1, 3);
  if (value.M !== undefined) return Object.entries(value.M).reduce((sum, [name, each]) => sum + Buffer.byteLength(name) + valueSize(each) + 1, 3);
  throw new Error('an attribute of a type that is never written');
}

export const itemSize = (item: Attributes): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueSize(value), 0);

/** A strongly consistent read, also of an item that is not there. */
export const readUnits = (item: Attributes | undefined): number => Math.max(1, Math.ceil((item ? itemSize(item) : 0) / readUnit));

/** Of the larger of the two images. */
export const writeUnits = (before: Attributes | undefined, after: Attributes | undefined): number =>
  Math.max(1, Math.ceil(Math.max(before ? itemSize(before) : 0, after ? itemSize(after) : 0) / writeUnit));
