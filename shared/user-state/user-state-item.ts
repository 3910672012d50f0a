/** The item's form in the table: short names, native bytes, and whatever a newer version wrote carried through. */
import { decode, encode, type Shape } from '../platform/dynamo/compact.ts';
import type { Attributes } from '../platform/dynamo/attributes.ts';
import type { ItemKey } from '../platform/dynamo/table.ts';
import { schemaVersion, type UserState } from './user-state.ts';

const window = { at: 'a', count: 'c' } as const satisfies Shape;

const phoneNumber = { slot: 's', number: 'n', hasExtension: 'x', proved: 'p' } as const satisfies Shape;

const factor = {
  id: 'i',
  kind: 'k',
  status: 's',
  label: 'l',
  rank: 'r',
  createdAt: 'c',
  failures: 'f',
  secret: 'e',
  lastStep: 't',
  method: 'm',
  numbers: ['n', [phoneNumber]],
  pin: 'p',
  pinFailures: 'pf',
} as const satisfies Shape;

const sending = { factorId: 'f', send: 'n', countedLeg: 'l', show: 's', slot: 'o' } as const satisfies Shape;

const approval = { resultId: 'i', at: 'a', strength: 's', methods: 'm', redeemedAt: 'r' } as const satisfies Shape;

const challenge = {
  id: 'i',
  status: 's',
  reason: 'r',
  clientId: 'cl',
  audience: 'au',
  purpose: 'p',
  firstFactor: 'f',
  protects: 'pr',
  nonce: 'n',
  returnAddress: 'ra',
  methods: 'm',
  settingUp: 'sf',
  createdAt: 'c',
  expiresAt: 'e',
  decidedAt: 'd',
  wrongAnswers: 'w',
  sends: 'sn',
  setUp: 'su',
  proves: 'pv',
  sending: ['sg', sending],
  approval: ['ap', approval],
} as const satisfies Shape;

const state = {
  schema: 'schema',
  version: 'version',
  organizationId: 'o',
  userId: 'u',
  wrappedKey: 'k',
  identity: 'i',
  createdAt: 'c',
  lastAt: 't',
  suspendedAt: 'sp',
  restoredAt: 'ra',
  audiences: 'au',
  failures: 'f',
  lock: ['l', { until: 'u', reason: 'r' }],
  locks: 'ln',
  starts: ['st', window],
  sends: ['se', window],
  factors: ['fa', [factor]],
  challenges: ['ch', [challenge]],
  receipts: 'rc',
} as const satisfies Shape;

export const userPartition = (userKey: string): string => `USER#${userKey}`;

export const userStateKey = (userKey: string): ItemKey => ({ pk: userPartition(userKey), sk: 'STATE' });

export function toUserStateItem(userKey: string, value: UserState): Attributes {
  const { pk, sk } = userStateKey(userKey);
  return { pk: { S: pk }, sk: { S: sk }, ...encode(value, state) };
}

/** An erased user's tombstone holds a version and nothing else: it reads as no user. */
export function isTombstone(item: Attributes): boolean {
  return item['erasedAt'] !== undefined;
}

export function fromUserStateItem(item: Attributes): UserState {
  const { pk: _pk, sk: _sk, ...attributes } = item;
  const value = decode(attributes, state);
  if (typeof value['schema'] !== 'number' || value['schema'] > schemaVersion) {
    throw new Error(`user state of schema ${String(value['schema'])}: written by a newer version`);
  }
  return { factors: [], challenges: [], receipts: [], ...value } as unknown as UserState;
}
