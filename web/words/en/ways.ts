/** English: the ways to confirm, wherever they are named. */
import { app } from './app.ts';

export const ways = {
  app,
  totp: 'Authenticator app',
  totpWhat: 'Type the six digits that the app shows now.',
  token: (hint: string) => `Hardware token ${hint}`.trim(),
  tokenWhat: 'Type the code that the token shows now.',
  tokenCode: 'Code of the token',
  call: (hint: string) => `Call ${hint}`.trim(),
  callWhat: 'The telephone rings. Press # to confirm.',
  callPinWhat: 'The telephone rings. Key your PIN, then #.',
  callMatchWhat: 'The telephone rings. Key the number that this page shows, then #.',
  recoveryKey: 'Recovery key',
  recoveryKeyWhat: 'Type the key that you saved when you set up. It works once; you then set up something new.',
  other: 'Another way',
  passkey: 'Passkey',
  passkeyWhat: 'Your computer, your phone or a security key confirms that it is you.',
};

export type WaysWords = typeof ways;
