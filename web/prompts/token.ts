/** The prompt for a hardware token: the code that it shows, typed. */
import type { PromptWay } from './prompt-way.ts';

export const tokenWay: PromptWay = {
  name: ({ ways }, { label, hint = '' }) => label ?? ways.token(hint),
  what: ({ ways }) => ways.tokenWhat,
  typed: { label: ({ ways }) => ways.tokenCode },
};
