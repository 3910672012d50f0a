/** How large an item is, by DynamoDB's own rules: names and values in bytes, and what lists, maps and numbers cost beside. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Attributes } from '../../shared/platform/dynamo/attributes.ts';

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

/** One byte for every two significant digits, and one; a sign takes one more. */
function numberSize(text: string): number {
  const digits = text.replace(/^-/, '').replace('.', '').replace(/^0+/, '').replace(/0+$/, '');
  return Math.ceil(digits.length / 2) + 1 + (text.startsWith('-') ? 1 : 0);
}

/** A list or a map costs three bytes, and one more for each of its elements. */
const containerSize = (elements: readonly number[]): number => elements.reduce((sum, size) => sum + size + 1, 3);

function valueSize(value: AttributeValue): number {
  if (value.S !== undefined) return bytes(value.S);
  if (value.N !== undefined) return numberSize(value.N);
  if (value.B !== undefined) return value.B.length;
  if (value.L !== undefined) return containerSize(value.L.map(valueSize));
  if (value.M !== undefined) return containerSize(Object.entries(value.M).map(([name, each]) => bytes(name) + valueSize(each)));
  return 1;
}

export function itemSize(item: Attributes): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + bytes(name) + valueSize(value), 0);
}
