/** What a call says, in the language of whom it rings. Codes and PINs are never spoken: a voicemail would keep them. Every text is escaped for SSML. */
import type { PhoneMethod } from '../user-state/methods.ts';
import { wordsIn } from './words/language.ts';
import type { CallMethod, Language } from './words/words.ts';

export type { CallMethod } from './words/words.ts';

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
  readonly language: Language;
  readonly organizationName: string;
  readonly extension?: string | undefined;
  /** The number is being added, nobody is signing in. */
  readonly isProof?: boolean;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Names are other people's text: cut, without control characters, and nothing in them is markup. */
export const speakable = (text: string): string =>
  text.replace(/\p{C}/gu, ' ').slice(0, 60).replace(/[&<>"']/g, (character) => escapes[character] ?? '');

export function promptsFor({ method, language, organizationName, extension, isProof = false }: Spoken): CallPrompts {
  const { call } = wordsIn(language);
  const putThrough = extension === undefined ? [] : [call.putThrough(extension.split('').join(' '))];
  const ask = [call.ask[method], call.fraud[method], call.repeat[method]];
  const first = [...putThrough, call.greeting(speakable(organizationName)), isProof ? call.proving : call.signingIn, ...ask];
  return {
    p_ask: first.join(' '),
    p_again: [call.tryAgain, ...ask].join(' '),
    p_approved: call.approved,
    p_denied: call.denied,
    p_locked: call.locked,
    p_fraud: call.fraudReported,
    p_goodbye: call.nothing,
  };
}
