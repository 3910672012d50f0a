/** What the person reads while somebody is reached (row 1.6). */
import type { Progress } from '../ask/answers.ts';
import type { SignInWords } from '../words/en/sign-in.ts';

export function progressText(words: SignInWords, { attempt, of, state }: Progress): string {
  const attempted = attempt === undefined || of === undefined ? words.attemptedOnce : words.attempted(attempt, of);
  return `${attempted} ${words.states[state] ?? ''}`.trim();
}

const ended = ['failed', 'no-answer', 'busy', 'undeliverable', 'sent'];

/** Whether asking once more makes sense: while it rings it does not. */
export const mayRepeat = ({ state }: Progress): boolean => ended.includes(state);
