/** English: the ways to confirm, wherever they are named. */
export const ways = {
  totp: 'Authenticator app',
  totpWhat: 'Type the six digits that the app shows now.',
  call: (hint: string) => `Call ${hint}`.trim(),
  callWhat: 'The telephone rings. Press # to confirm.',
  callPinWhat: 'The telephone rings. Key your PIN, then #.',
  callMatchWhat: 'The telephone rings. Key the number that this page shows, then #.',
  other: 'Another way',
  passkey: 'Passkey',
  passkeyWhat: 'Your computer, your phone or a security key confirms that it is you.',
};

export type WaysWords = typeof ways;
