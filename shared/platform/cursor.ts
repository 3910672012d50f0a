/** Cursors of paged lists: where to go on, for one list only. The MAC binds them to it, so that no other can be walked with them. */
import type { KeyRing } from './crypto/key-ring.ts';
import { keyedHash, sameBytes } from './crypto/keyed-hash.ts';
import type { Attributes } from './dynamo/attributes.ts';
import { Problem } from './problems/problem.ts';

const macLength = 16;
const longest = 4000;

/** `list` says which list it is, down to its filters. Keys of items are strings only. */
export function writeCursor(keys: KeyRing, list: readonly string[], position: Attributes): string {
  const names = Object.keys(position).sort();
  const content = Buffer.from(
    JSON.stringify(Object.fromEntries(names.map((name) => [name, position[name]?.S ?? '']))),
    'utf8',
  );
  return Buffer.concat([macOf(keys, list, content), content]).toString('base64url');
}

export function readCursor(keys: KeyRing, list: readonly string[], cursor: string | undefined): Attributes | undefined {
  if (cursor === undefined) return undefined;
  const bytes = Buffer.from(cursor, 'base64url');
  const content = bytes.subarray(macLength);
  if (
    cursor.length > longest ||
    bytes.length <= macLength ||
    !sameBytes(bytes.subarray(0, macLength), macOf(keys, list, content))
  ) {
    throw new Problem('cursor-invalid');
  }
  const position = JSON.parse(content.toString('utf8')) as Record<string, string>;
  return Object.fromEntries(Object.entries(position).map(([name, value]) => [name, { S: value }]));
}

const macOf = (keys: KeyRing, list: readonly string[], content: Uint8Array): Buffer =>
  keyedHash(keys.ids, 'cursor', String(list.length), ...list, content).subarray(0, macLength);
