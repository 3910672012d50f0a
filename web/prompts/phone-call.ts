/** The prompt for a telephone that is called: everything is answered on its keypad, nothing here. */
import type { FactorChoice } from '../ask/answers.ts';
import type { WaysWords } from '../words/en/ways.ts';
import type { PromptWay } from './prompt-way.ts';

function whatOf(ways: WaysWords, { method }: FactorChoice): string {
  if (method === 'call-pin') return ways.callPinWhat;
  return method === 'call-match' ? ways.callMatchWhat : ways.callWhat;
}

export const phoneCallWay: PromptWay = {
  name: ({ ways }, { hint = '' }) => ways.call(hint),
  what: ({ ways }, factor) => whatOf(ways, factor),
  reached: {
    first: (words) => words.callMe,
    again: (words) => words.callAgain,
    note: (words) => words.notYou,
    showing: (words) => words.showOnPhone,
  },
};
