/** Pieces that the sections of the security page are made of. */
import { element, newId, type Content } from '../../dom/element.ts';
import type { SecurityWords } from '../../words/en/security.ts';
import type { Factor } from './account.ts';

/** A part of the page with its heading, which screen readers can go to by name. */
export function section(title: string, ...content: Content[]): HTMLElement {
  const id = newId('section');
  return element('section', { 'aria-labelledby': id }, element('h2', { id }, title), ...content);
}

const tones: Readonly<Record<string, string>> = { active: 'state good', disabled: 'state bad' };

export function stateOf({ security }: SecurityWords, { status, unreachable }: Pick<Factor, 'status' | 'unreachable'>): HTMLElement {
  return element('span', { class: unreachable ? 'state bad' : (tones[status] ?? 'state') }, security.states[status] ?? status);
}

/** Why it confirms nothing, and what to do about that; undefined when there is nothing to say. */
export function whyNot({ security }: SecurityWords, { status, unreachable }: Pick<Factor, 'status' | 'unreachable'>): string | undefined {
  if (unreachable) return unreachable === 'moved' ? security.whyMoved : security.whyProblem;
  return status === 'disabled' ? security.whyDisabled : undefined;
}
