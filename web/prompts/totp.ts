/** The prompt for an authenticator app: six digits, typed. */
import type { PromptWay } from './prompt-way.ts';

export const totpWay: PromptWay = {
  name: ({ ways }, { label }) => label ?? ways.totp,
  what: ({ ways }) => ways.totpWhat,
  typed: { label: (words) => words.code, hint: (words) => words.codeHint },
};
