/** The prompt for our own app: it is asked there, and nothing is typed here. */
import type { FactorChoice } from '../ask/answers.ts';
import type { WaysWords } from '../words/en/ways.ts';
import type { PromptWay } from './prompt-way.ts';

function whatOf({ app }: WaysWords, { method }: FactorChoice): string {
  if (method === 'approve-pin') return app.pinWhat;
  return method === 'match' ? app.matchWhat : app.what;
}

export const appWay: PromptWay = {
  name: ({ ways }, { label }) => label ?? ways.app.name,
  what: ({ ways }, factor) => whatOf(ways, factor),
  reached: {
    first: ({ ways }) => ways.app.ask,
    again: ({ ways }) => ways.app.askAgain,
    note: ({ ways }) => ways.app.note,
    showing: ({ ways }) => ways.app.showing,
  },
};
