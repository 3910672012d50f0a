/** Where a device is woken: beside the user's state, which has no room for it, sealed under the user's key. It decides nothing. */
import type { KeyObject } from 'node:crypto';
import type { PushTarget } from '../../delivery/push/push-carrier.ts';
import { sealBinding } from '../../factors/kinds/factor-kind.ts';
import { day } from '../../platform/clock.ts';
import { open, seal } from '../../platform/crypto/seal.ts';
import { toAttributes, type Attributes } from '../../platform/dynamo/attributes.ts';
import type { ItemKey, Write } from '../../platform/dynamo/table.ts';
import type { Random } from '../../platform/random.ts';
import { userPartition } from '../../user-state/user-state-item.ts';
import type { UserState } from '../../user-state/user-state.ts';

/** An app that was not opened for so long asks to be woken again when it is. */
const keptFor = 180 * day;

export const pushTargetKey = (userKey: string, factorId: Uint8Array): ItemKey => ({
  pk: userPartition(userKey),
  sk: `PUSH#${Buffer.from(factorId).toString('base64url')}`,
});

export interface Whose {
  readonly userKey: string;
  readonly state: Pick<UserState, 'organizationId' | 'userId'>;
  readonly factorId: Uint8Array;
  /** The user's own key. */
  readonly key: KeyObject;
}

export function pushTargetWrite(table: string, { userKey, state, factorId, key }: Whose, target: PushTarget, now: number, random: Random): Write {
  const sealed = new Uint8Array(seal(key, 1, Buffer.from(JSON.stringify(target)), sealBinding('push', state, factorId), random));
  const item = { ...pushTargetKey(userKey, factorId), schema: 1, target: sealed, expiresAt: Math.floor((now + keptFor) / 1000) };
  return { Put: { TableName: table, Item: toAttributes(item) } };
}

export function removePushTargetWrite(table: string, userKey: string, factorId: Uint8Array): Write {
  return { Delete: { TableName: table, Key: toAttributes({ ...pushTargetKey(userKey, factorId) }) } };
}

export function openPushTarget(item: Attributes | undefined, { state, factorId, key }: Omit<Whose, 'userKey'>): PushTarget | undefined {
  const sealed = item?.['target']?.B;
  return sealed && (JSON.parse(open(key, sealed, sealBinding('push', state, factorId)).toString()) as PushTarget);
}
