/** What a refusal means for whoever administers: other words than for whoever signs in. */
import { Refusal } from '../../ask/ask.ts';
import { problemText } from '../../frame/problem-text.ts';
import type { Field } from '../../dom/controls.ts';
import type { ConsoleWords } from '../../words/en/console.ts';

/** Throws on whatever the service did not refuse: that is a defect of the page. */
export function problemLine(words: ConsoleWords, error: unknown): string {
  const own = error instanceof Refusal ? words.refusals[error.problem] : undefined;
  return own ?? problemText(words, error);
}

/**
 * Says it at the fields that the service found fault with, by their names in the request, and true then. What is about none of them is
 * for the line above.
 */
export function complainAtFields(error: unknown, fields: Readonly<Record<string, Field>>, text: string): boolean {
  if (!(error instanceof Refusal)) return false;
  const wrong = error.errors.map(({ pointer }) => fields[pointer.replace(/^#\//, '').split('/')[0] ?? '']).filter((each) => each !== undefined);
  for (const each of wrong.toReversed()) each.complain(text);
  return wrong.length > 0;
}
