/** The prompt for a telephone that is texted: the code is typed here, or the answer comes from the telephone itself. */
import type { FactorChoice } from '../ask/answers.ts';
import type { WaysWords } from '../words/en/ways.ts';
import type { PromptWay } from './prompt-way.ts';

const name: PromptWay['name'] = ({ ways }, { hint = '' }) => ways.text(hint);

function whatOf(ways: WaysWords, { method }: FactorChoice): string {
  if (method === 'sms-reply-pin') return ways.textPinWhat;
  return method === 'sms-reply-match' ? ways.textMatchWhat : ways.textReplyWhat;
}

const reached: PromptWay['reached'] = {
  first: ({ ways }) => ways.texts.send,
  again: ({ ways }) => ways.texts.again,
  note: ({ ways }) => ways.texts.note,
  showing: ({ ways }) => ways.texts.show,
};

export const textCodeWay: PromptWay = {
  name,
  what: ({ ways }) => ways.textCodeWhat,
  typed: { label: ({ ways }) => ways.texts.code },
  reached,
};

export const textReplyWay: PromptWay = { name, what: ({ ways }, factor) => whatOf(ways, factor), reached };
