/** What a call says. Codes and PINs are never spoken: a voicemail would keep them. Every text is escaped for SSML. */
import type { PhoneMethod } from '../user-state/methods.ts';

/** The methods by which a telephone is called. */
export type CallMethod = Extract<PhoneMethod, 'call' | `call-${string}`>;

export const isCallMethod = (method: PhoneMethod): method is CallMethod => method === 'call' || method.startsWith('call-');

export interface CallPrompts {
  readonly [attribute: string]: string;
  readonly p_ask: string;
  readonly p_again: string;
  readonly p_approved: string;
  readonly p_denied: string;
  readonly p_locked: string;
  readonly p_fraud: string;
  readonly p_goodbye: string;
}

export interface Spoken {
  readonly method: CallMethod;
  readonly organizationName: string;
  readonly extension?: string | undefined;
  /** The number is being added, nobody is signing in. */
  readonly isProof?: boolean;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Names are other people's text: cut, without control characters, and nothing in them is markup. */
export const speakable = (text: string): string =>
  text.replace(/\p{C}/gu, ' ').slice(0, 60).replace(/[&<>"']/g, (character) => escapes[character] ?? '');

const asks: Readonly<Record<CallMethod, string>> = {
  call: 'Press the pound key to confirm.',
  'call-pin': 'Type your PIN, then press the pound key.',
  'call-match': 'Type the two digits on your screen, then press the pound key.',
};

const fraudHint: Readonly<Record<CallMethod, string>> = {
  call: 'If you are not signing in, press 9.',
  'call-pin': 'If you are not signing in, press 9, then the pound key.',
  'call-match': 'If you are not signing in, press 9, then the pound key.',
};

export function promptsFor({ method, organizationName, extension, isProof = false }: Spoken): CallPrompts {
  const digits = extension?.split('').join(' ');
  const putThrough = digits === undefined ? '' : `Please put this call through to extension ${digits}. `;
  const occasion = isProof ? 'This telephone is being added to confirm sign-ins.' : 'Somebody is signing in with your name and password.';
  const ask = `${asks[method]} ${fraudHint[method]}`;
  return {
    p_ask: `${putThrough}Hello. This is ${speakable(organizationName)}. ${occasion} ${ask}`,
    p_again: `Please try again. ${ask}`,
    p_approved: 'Thank you. You are confirmed. Goodbye.',
    p_denied: 'This sign-in cannot be confirmed. Goodbye.',
    p_locked: 'Too many attempts. Your account is locked for now. Goodbye.',
    p_fraud: 'Thank you. The sign-in was refused and your administrator will be told. Goodbye.',
    p_goodbye: 'Nothing was confirmed. Goodbye.',
  };
}
