/**
 * The item: everything that decides a sign-in for one user of one organization. Nothing here lists or searches.
 * Times are epoch milliseconds. Whatever changes it goes through commit.ts, under the version that was read.
 */
import type { unknownAttributes } from '../platform/dynamo/compact.ts';
import type { Attributes } from '../platform/dynamo/attributes.ts';
import type { TokenFields } from './token-fields.ts';
import type { AppMethod, PhoneMethod, Strength } from './methods.ts';

export type Purpose = 'sign-in' | 'change-factors' | 'administer';
export type FirstFactor = 'password' | 'sso';
export type Identity = 'local' | 'sso';

export type FactorStatus = 'proving' | 'active' | 'inactive' | 'disabled';

/** What every kind of factor has. Each kind in factors/kinds adds its own; `failures` is D6's consecutive counter. */
export interface FactorBase {
  readonly id: Uint8Array;
  readonly kind: string;
  readonly status: FactorStatus;
  readonly label?: string;
  readonly rank?: number;
  readonly createdAt: number;
  readonly failures?: number;
  /** Wrong PINs since the last success, over all locks (D12). */
  readonly pinFailures?: number;
  readonly [unknownAttributes]?: Attributes;
}

export interface TotpFactor extends FactorBase {
  readonly kind: 'totp';
  /** Sealed under the user's key. */
  readonly secret: Uint8Array;
  /** The last accepted time step: never it, nor an older one, again (RFC 6238 §5.2). */
  readonly lastStep?: number;
}

export interface TokenFactor extends FactorBase, TokenFields {
  readonly kind: 'token';
}

export type PhoneSlot = 'primary' | 'secondary';

export interface PhoneNumberEntry {
  readonly slot: PhoneSlot;
  /** E.164 and extension, sealed under the user's key. */
  readonly number: Uint8Array;
  readonly hasExtension?: boolean;
  /** False until somebody who answered it confirmed; an unproved number may stand beside the proved one it will replace. */
  readonly proved: boolean;
  /** Since when an unproved one waits for that. */
  readonly proposedAt?: number;
}

export interface PhoneFactor extends FactorBase {
  readonly kind: 'phone';
  readonly method: PhoneMethod;
  readonly numbers: readonly PhoneNumberEntry[];
  /** Keyed hash; the key is not in the table. */
  readonly pin?: Uint8Array;
}

/** Why no code is mailed to a confirmed address: the profile names another one now, or mail came back from it. */
export type Unreachable = 'moved' | 'problem';

export interface EmailFactor extends FactorBase {
  readonly kind: 'email';
  /** Keyed hash of the address that was confirmed (factors/mail-address.ts). */
  readonly address: Uint8Array;
  /** What may be shown of it, without the dots: its first letter, and its domain. */
  readonly hint: string;
  readonly unreachable?: Unreachable;
}

/** Our app on a device: its key signs what the person decides there. */
export interface AppFactor extends FactorBase {
  readonly kind: 'app';
  readonly method: AppMethod;
  /** P-256, compressed. Absent until the device has paired, and once it has said that it is no longer this person's. */
  readonly deviceKey?: Uint8Array;
  /** Keyed hash, as a telephone's. */
  readonly pin?: Uint8Array;
}

/** A WebAuthn credential; what the browser made of it comes with its confirmation. */
export interface PasskeyFactor extends FactorBase {
  readonly kind: 'passkey';
  readonly credentialId?: Uint8Array;
  /** SPKI, DER. */
  readonly publicKey?: Uint8Array;
  /** The last signature counter, where it counts (WebAuthn Level 3 §6.1.1). */
  readonly counter?: number;
  readonly transports?: readonly string[];
}

/** Used once, for setting up again (row 4.2). */
export interface RecoveryKeyFactor extends FactorBase {
  readonly kind: 'recovery-key';
  /** Keyed hash; neither the key is in the table, nor the one that hashes it. */
  readonly verifier: Uint8Array;
}

export type Factor =
  | TotpFactor
  | PhoneFactor
  | TokenFactor
  | EmailFactor
  | AppFactor
  | PasskeyFactor
  | RecoveryKeyFactor;

export type ChallengeStatus = 'pending' | 'approved' | 'denied' | 'canceled' | 'expired' | 'locked';

/** What is under way to reach the person: one factor at a time, the last send wins. */
export interface Sending {
  readonly factorId: Uint8Array;
  /** Which send of the challenge this is, from 1; the legs of one call are one send. */
  readonly send: number;
  /** Set once a leg was counted (a wrong answer in it, or its end), so that it is never counted twice. */
  readonly countedLeg?: number;
  /** The two digits on the screen, when the method matches numbers. */
  readonly show?: string;
  /** Of the code that was sent; its key is not in the table. */
  readonly codeMac?: Uint8Array;
}

/** What is proved by being reached: a telephone number of a slot, or an address. */
export type ProvedPart = PhoneSlot | 'address';

export interface Proves {
  readonly factorId: Uint8Array;
  readonly part: ProvedPart;
}

/** A code that was mailed to the profile's address: to verify that, or as a proof for a change (D15). */
export interface Mailed {
  /** Keyed hash of the address: another one that took its place since is not verified by it. */
  readonly address: Uint8Array;
  readonly gives: 'verified' | 'proof';
  readonly codeMac: Uint8Array;
}

/** The part of an approval that a result is made of, again and again the same. */
export interface Approval {
  readonly resultId: Uint8Array;
  readonly at: number;
  readonly strength: Strength;
  readonly methods: readonly string[];
  readonly redeemedAt?: number;
}

export interface Challenge {
  readonly id: Uint8Array;
  readonly status: ChallengeStatus;
  readonly reason?: string;
  readonly clientId: string;
  readonly audience: string;
  readonly purpose: Purpose;
  readonly firstFactor: FirstFactor;
  readonly protects?: readonly string[];
  readonly nonce?: string;
  readonly returnAddress?: number;
  /** What could confirm when it started: a policy loosened since does not widen it, one tightened narrows it. */
  readonly methods?: readonly string[];
  /** The factor that is being set up for this challenge: when it is active, the challenge is approved. */
  readonly settingUp?: Uint8Array;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly decidedAt?: number;
  readonly wrongAnswers?: number;
  readonly sends?: number;
  /** Made to set up a factor: it must (`required`) or may (`offered`) be done before it ends; `recovered` by a recovery key. */
  readonly setUp?: 'required' | 'offered' | 'recovered';
  /** Made by us to prove this part of a factor (a number that is being added): never a sign-in, never a result. */
  readonly proves?: Proves;
  readonly sending?: Sending;
  /** Made to mail a code to the user's own address, beside all factors (users/…/email-verification). */
  readonly mailed?: Mailed;
  readonly approval?: Approval;
  readonly [unknownAttributes]?: Attributes;
}

export interface Lock {
  readonly until: number;
  readonly reason: 'failures' | 'fraud-reported';
}

/** How often something was done since `at`: the caps that keep anyone from starving the owner. */
export interface Window {
  readonly at: number;
  readonly count: number;
}

export interface UserState {
  readonly schema: number;
  readonly version: number;
  readonly organizationId: string;
  readonly userId: string;
  /** The user's own key, wrapped by the organization's; erasing destroys it. */
  readonly wrappedKey: Uint8Array;
  readonly identity: Identity;
  readonly createdAt: number;
  /** The latest time any decision here was made at: time never runs backwards. */
  readonly lastAt: number;
  readonly lastSignInAt?: number;
  readonly suspendedAt?: number;
  /** After a restore of the table: earlier steps and challenges are dead. */
  readonly restoredAt?: number;
  /** Audiences that the user confirms for; absent means every one (row 1.8). */
  readonly audiences?: readonly string[];
  /** Wrong answers and unanswered calls since the last success or lock (D4). */
  readonly failures?: number;
  readonly lock?: Lock;
  /** Locks since the last success: they grow longer (D5). */
  readonly locks?: number;
  readonly starts?: Window;
  readonly sends?: Window;
  /** Pushes that nobody approved, no two of them an hour apart, and when the last was sent (D19). */
  readonly pushes?: Window;
  readonly factors: readonly Factor[];
  readonly challenges: readonly Challenge[];
  readonly receipts: readonly Uint8Array[];
  readonly [unknownAttributes]?: Attributes;
}

export const schemaVersion = 1;
