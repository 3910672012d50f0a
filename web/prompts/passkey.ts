/** The prompt for a passkey: the browser asks for it, and what it signs is the answer. */
import { startAuthentication, type PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';
import type { PromptWay } from './prompt-way.ts';

export const passkeyWay: PromptWay = {
  name: ({ ways }, { label }) => label ?? ways.passkey,
  what: ({ ways }) => ways.passkeyWhat,
  performName: (words) => words.usePasskey,
  perform: async ({ publicKey }) => {
    try {
      return JSON.stringify(await startAuthentication({ optionsJSON: publicKey as PublicKeyCredentialRequestOptionsJSON }));
    } catch {
      // Whatever the browser calls it (turned away, timed out, none here), the person is asked again.
      return undefined;
    }
  },
};
