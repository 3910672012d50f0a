/** The item's form in the table: short names, native bytes, and whatever a newer version wrote carried through. */
import { decode, encode, type Shape } from '../platform/dynamo/compact.ts';
import type { Attributes } from '../platform/dynamo/attributes.ts';
import type { ItemKey } from '../platform/dynamo/table.ts';
import { methodLetters, ownMethodLetters } from './methods.ts';
import type { Enrollment } from './enrollment.ts';
import type { Factor, PhoneNumberEntry } from './factor.ts';
import { schemaVersion, type Approval, type Challenge, type Mailed, type Proves, type Sending, type UserState } from './user-state.ts';

type NamesOf<T> = T extends unknown ? Extract<keyof T, string> : never;

/** A short name for every property of every member of the type: one that is forgotten does not compile. */
type ShapeOf<T> = { readonly [Name in NamesOf<T>]: Shape[string] };

const window = { at: 'a', count: 'c' } as const satisfies Shape;

/** Letters are for ever: one that was given to a word is never given to another. */
const reasons = { failures: 'f', 'fraud-reported': 'r', 'wrong-answer': 'w', 'no-answer': 'n', suspended: 's', declined: 'd', reset: 'x' };
const identities = { local: 'l', sso: 's' };
const slots = { primary: 'p', secondary: 's' };

const phoneNumber = {
  slot: { name: 's', codes: slots },
  number: 'n',
  hasExtension: 'x',
  proved: 'p',
  proposedAt: 'a',
} as const satisfies ShapeOf<PhoneNumberEntry>;

const kinds = {
  totp: 't',
  phone: 'p',
  token: 'h',
  email: 'e',
  app: 'a',
  passkey: 'w',
  'recovery-key': 'k',
};

const factor = {
  id: 'i',
  kind: { name: 'k', codes: kinds },
  status: { name: 's', codes: { proving: 'p', active: 'a', inactive: 'i', disabled: 'd' } },
  label: 'l',
  rank: 'r',
  createdAt: 'c',
  failures: 'f',
  secret: 'e',
  lastStep: 't',
  method: { name: 'm', codes: ownMethodLetters },
  numbers: ['n', [phoneNumber]],
  pin: 'p',
  pinFailures: 'w',
  deviceKey: 'dk',
  verifier: 'v',
  credentialId: 'wi',
  publicKey: 'wk',
  counter: 'wc',
  transports: { name: 'wt', codes: { usb: 'u', nfc: 'n', ble: 'b', internal: 'i', hybrid: 'h', 'smart-card': 's', cable: 'c' } },
  tokenKey: 'hk',
  holderKey: 'hh',
  codes: { name: 'hc', codes: { totp: 't', hotp: 'h', vip: 'v' } },
  algorithm: { name: 'ha', codes: { sha256: '2', sha512: '5' } },
  digits: 'hd',
  period: 'hp',
  drift: 'hf',
  lastCode: 'hl',
  foundAfter: 'hr',
  address: 'ea',
  hint: 'eh',
  unreachable: { name: 'eu', codes: { moved: 'm', problem: 'p' } },
} as const satisfies ShapeOf<Factor>;

const sending = { factorId: 'f', send: 'n', countedLeg: 'l', show: 's', codeMac: 'c' } as const satisfies ShapeOf<Sending>;

const proves = { factorId: 'f', part: { name: 'p', codes: { ...slots, address: 'a' } } } as const satisfies ShapeOf<Proves>;

const mailed = { address: 'a', gives: { name: 'g', codes: { verified: 'v', proof: 'p' } }, codeMac: 'c' } as const satisfies ShapeOf<Mailed>;

const approval = {
  resultId: 'i',
  at: 'a',
  strength: { name: 's', codes: { low: 'l', pstn: 'p', otp: 'o', app: 'a', 'phishing-resistant': 'r' } },
  methods: { name: 'm', codes: { otp: 'o', tel: 't', pin: 'p', pwd: 'w', mfa: 'm', swk: 's', pop: 'k' } },
  redeemedAt: 'r',
} as const satisfies ShapeOf<Approval>;

const challenge = {
  id: 'i',
  status: { name: 's', codes: { pending: 'p', approved: 'a', denied: 'd', canceled: 'c', expired: 'e', locked: 'l' } },
  reason: { name: 'r', codes: reasons },
  clientId: 'l',
  audience: 'a',
  purpose: { name: 'p', codes: { 'sign-in': 's', 'change-factors': 'c', administer: 'a' } },
  firstFactor: { name: 'f', codes: { password: 'p', sso: 's' } },
  protects: 'q',
  nonce: 'n',
  returnAddress: 'b',
  methods: { name: 'm', codes: methodLetters },
  settingUp: 'g',
  createdAt: 'c',
  expiresAt: 'e',
  decidedAt: 'd',
  wrongAnswers: 'w',
  sends: 'k',
  setUp: { name: 'u', codes: { required: 'r', offered: 'o', recovered: 'k', invited: 'i' } },
  proves: ['v', proves],
  sending: ['h', sending],
  mailed: ['y', mailed],
  approval: ['o', approval],
} as const satisfies ShapeOf<Challenge>;

const enrollment = {
  id: 'i',
  generation: 'g',
  status: { name: 's', codes: { invited: 'i', reminded: 'r', registering: 'g' } },
  kind: { name: 'k', codes: { phone: 'p', any: 'a' } },
  until: 'u',
  settingUp: 'f',
  tries: 't',
  validated: 'v',
} as const satisfies ShapeOf<Enrollment>;

const state = {
  schema: 'schema',
  version: 'version',
  organizationId: 'o',
  userId: 'u',
  wrappedKey: 'k',
  identity: { name: 'i', codes: identities },
  createdAt: 'c',
  lastAt: 't',
  lastSignInAt: 'ls',
  suspendedAt: 'sp',
  restoredAt: 'ra',
  resetAt: 'rs',
  invitedOnly: 'io',
  enrollment: ['en', enrollment],
  audiences: 'au',
  failures: 'f',
  lock: ['l', { until: 'u', reason: { name: 'r', codes: reasons } }],
  locks: 'ln',
  starts: ['st', window],
  sends: ['se', window],
  verifications: ['sv', window],
  asks: 'as',
  pushes: ['pu', window],
  licenses: { name: 'li', codes: { phone: 'p', token: 't', 'ordered-phone': 'P', 'ordered-token': 'T' } },
  factors: ['fa', [factor]],
  challenges: ['ch', [challenge]],
  receipts: 'rc',
} as const satisfies ShapeOf<UserState>;

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

/** What is left of an erased user for one who is made anew under the same id. */
export interface Tombstone {
  readonly version: number;
  /** Somebody erased a person who confirmed: the new one is let in by an invitation alone. */
  readonly invitedOnly: boolean;
}

export const readTombstone = (item: Attributes): Tombstone => ({ version: Number(item['version']?.N), invitedOnly: item['invitedOnly']?.BOOL === true });

export function fromUserStateItem(item: Attributes): UserState {
  const { pk: _pk, sk: _sk, ...attributes } = item;
  const value = decode(attributes, state);
  if (typeof value['schema'] !== 'number' || value['schema'] > schemaVersion) {
    throw new Error(`user state of schema ${String(value['schema'])}: written by a newer version`);
  }
  return { factors: [], challenges: [], receipts: [], ...value } as unknown as UserState;
}
