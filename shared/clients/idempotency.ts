/**
 * Idempotency keys (docs/api/README.md, Manners): the same key and body get the same answer, and the effect happens once. The
 * answer is remembered in the transaction that made it true, sealed, because it may hold a secret that is shown once.
 */
import { createSecretKey, type KeyObject } from 'node:crypto';
import { day } from '../platform/clock.ts';
import { keyedHash, sameBytes } from '../platform/crypto/keyed-hash.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { open, seal } from '../platform/crypto/seal.ts';
import { toAttributes, type Attributes } from '../platform/dynamo/attributes.ts';
import type { ItemKey, Write } from '../platform/dynamo/table.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { Random } from '../platform/random.ts';
import type { RequestMark } from '../user-state/receipts.ts';

/** What a door answered, to be answered again. */
export interface RememberedAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const rememberedFor = day;
const keyVersion = 1;
const format = 1;

export function idempotencyItemKey(keys: KeyRing, clientId: string, idempotencyKey: string): ItemKey {
  const hash = keyedHash(keys.index, 'idempotency', clientId, idempotencyKey);
  return { pk: `IDEM#${hash.toString('base64url')}`, sk: 'IDEM' };
}

/** A key for each row: however many answers there are, no two share one. */
function sealingKey(keys: KeyRing, { pk }: ItemKey): KeyObject {
  return createSecretKey(keyedHash(keys.answers, 'answer', pk));
}

const binding = ({ pk }: ItemKey): string => `answer|${pk}`;

/** What this request was answered before, if it was. Another body under the same key is a conflict. */
export function recallAnswer(
  keys: KeyRing,
  itemKey: ItemKey,
  item: Attributes | undefined,
  mark: RequestMark,
  now: number,
): RememberedAnswer | undefined {
  const { body, answer, expiresAt } = item ?? {};
  if (!body?.B || !answer?.B || Number(expiresAt?.N) * 1000 <= now) return undefined;
  if (!sameBytes(body.B, mark.body)) throw new Problem('idempotency-conflict');
  return JSON.parse(open(sealingKey(keys, itemKey), answer.B, binding(itemKey)).toString('utf8')) as RememberedAnswer;
}

export interface RememberDependencies {
  readonly table: { readonly name: string };
  readonly keys: KeyRing;
  readonly random: Random;
}

/** For the operation's own transaction: refused when a twin of this request was first. */
export function rememberWrite(
  deps: RememberDependencies,
  itemKey: ItemKey,
  mark: RequestMark,
  answer: RememberedAnswer,
  now: number,
): Write {
  const plain = Buffer.from(JSON.stringify(answer), 'utf8');
  const item = {
    ...itemKey,
    format,
    body: mark.body,
    answer: seal(sealingKey(deps.keys, itemKey), keyVersion, plain, binding(itemKey), deps.random),
    expiresAt: Math.floor((now + rememberedFor) / 1000),
  };
  return {
    Put: {
      TableName: deps.table.name,
      Item: toAttributes(item),
      // TTL cleans up late: a row that ran out is as good as none.
      ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
      ExpressionAttributeValues: { ':now': { N: String(Math.floor(now / 1000)) } },
    },
  };
}
