/**
 * The item: everything that decides a sign-in for one user of one organization. Nothing here lists or searches.
 * Times are epoch milliseconds. Whatever changes it goes through commit.ts, under the version that was read.
 */
import type { unknownAttributes } from '../platform/dynamo/compact.ts';
import type { Attributes } from '../platform/dynamo/attributes.ts';
import type { LicenseReservation } from './license-count.ts';
import type { Enrollment } from './enrollment.ts';
import type { Strength } from './methods.ts';
import type { Factor, PhoneSlot } from './factor.ts';

export type Purpose = 'sign-in' | 'change-factors' | 'administer';
export type FirstFactor = 'password' | 'sso';
export type Identity = 'local' | 'sso';

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
  /** Made to set up a factor: it must (`required`) or may (`offered`) be done before it ends; `recovered` by a recovery key, `invited` by an enrollment. */
  readonly setUp?: 'required' | 'offered' | 'recovered' | 'invited';
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
  /** When an administrator last removed every factor: page sessions from before are over. */
  readonly resetAt?: number;
  /** Set by that: the first factor is set up by an invitation only, whatever the window; cleared by it. */
  readonly invitedOnly?: true;
  /** The one open invitation; a new one takes its place. */
  readonly enrollment?: Enrollment;
  /** Audiences that the user confirms for; absent means every one (row 1.8). */
  readonly audiences?: readonly string[];
  /** Wrong answers and unanswered calls since the last success or lock (D4). */
  readonly failures?: number;
  readonly lock?: Lock;
  /** Locks since the last success: they grow longer (D5). */
  readonly locks?: number;
  readonly starts?: Window;
  readonly sends?: Window;
  /** Codes mailed to verify an address: whoever asks for those does not use up what the owner confirms by. */
  readonly verifications?: Window;
  /** Pushes that nobody approved, no two of them an hour apart, and when the last was sent (D19). */
  readonly pushes?: Window;
  /** Licenses kept for the user, beside those that the factors hold. */
  readonly licenses?: readonly LicenseReservation[];
  /** When answers left for somebody else to judge that nothing was heard of yet: each may be a wrong one. */
  readonly asks?: readonly number[];
  readonly factors: readonly Factor[];
  readonly challenges: readonly Challenge[];
  readonly receipts: readonly Uint8Array[];
  readonly [unknownAttributes]?: Attributes;
}

export const schemaVersion = 1;
