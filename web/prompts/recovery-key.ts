/** The prompt for a recovery key: typed once, used up, and on to setting up something new (row 4.2). */
import type { PromptWay } from './prompt-way.ts';

export const recoveryKeyWay: PromptWay = {
  name: ({ ways }) => ways.recoveryKey,
  what: ({ ways }) => ways.recoveryKeyWhat,
  typed: { label: ({ ways }) => ways.recoveryKey, hint: (words) => words.recoveryKeyHint, keyboard: 'text', longest: 40 },
};
