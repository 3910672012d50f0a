/** The nouns and their ranks, from shared/ranks.json: the same list that the boundaries are checked by. */
import { readFileSync } from 'node:fs';

const ranks = JSON.parse(readFileSync(new URL('../../shared/ranks.json', import.meta.url), 'utf8')) as readonly (readonly string[])[];

export function ranksList(): string {
  const rows = ranks.map((nouns, rank) => `${rank + 1}. ${nouns.map((noun) => `\`${noun}\``).join(', ')}`);
  return ['Lowest first; nouns in one row know nothing of each other.', '', ...rows].join('\n');
}
