/** What a hardware token's factor keeps in the item: which token it is, and all that decides whether a code is its next. */
export interface TokenFields {
  /** Of its item in the stock, which says that it is this factor's; of VIP's credentials that of the item that says whose it is. */
  readonly tokenKey: Uint8Array;
  /** Of the item that says whose a credential of this name is in the whole installation. */
  readonly holderKey?: Uint8Array;
  /** How its codes are made, or whom to ask about them. */
  readonly codes: 'totp' | 'hotp' | 'vip';
  /** Its credential id and its seed, sealed under the user's key. */
  readonly secret: Uint8Array;
  /** SHA-1 if absent. */
  readonly algorithm?: 'sha256' | 'sha512';
  /** Six if absent. */
  readonly digits?: number;
  /** In seconds; 30 if absent. */
  readonly period?: number;
  /** The last accepted time step or counter: never it, nor an older one, again. */
  readonly lastStep?: number;
  /** By how many steps its clock was ahead of ours when it was last right (RFC 6238 §6). */
  readonly drift?: number;
  /** Of VIP's credentials: a keyed MAC of the last accepted code, which is never right twice in a row. */
  readonly lastCode?: Uint8Array;
  /** The restore of the table after which its counter was found again. */
  readonly foundAfter?: number;
}
