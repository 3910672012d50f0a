/** The prompt for a code by mail: asked for, then typed. */
import type { PromptWay } from './prompt-way.ts';

export const mailCodeWay: PromptWay = {
  name: ({ ways }, { hint = '' }) => ways.mail(hint),
  what: ({ ways }) => ways.mailWhat,
  typed: { label: ({ ways }) => ways.mails.code },
  reached: { first: ({ ways }) => ways.mails.send, again: ({ ways }) => ways.mails.again, note: ({ ways }) => ways.mails.note },
};
