/** What is kept of each kind of factor: enough to verify an answer, and nothing that could be answered with. */
import type { unknownAttributes } from '../platform/dynamo/compact.ts';
import type { Attributes } from '../platform/dynamo/attributes.ts';
import type { TokenFields } from './token-fields.ts';
import type { AppMethod, PhoneMethod } from './methods.ts';

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
