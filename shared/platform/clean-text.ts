/** Text that people see, such as a name: one line, without what could disguise it or break out of where it is shown. */

/** Control characters, line and paragraph separators, and marks that turn the direction of writing round. */
const hidden = /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;

export function cleanText(text: string): string {
  return text.replace(hidden, ' ').replace(/ {2,}/g, ' ').trim();
}
