/** Facts about somebody or something, each with its name; one that there is nothing to say of is left out. */
import { element, type Content } from './element.ts';

export type Fact = readonly [name: string, content: Content];

/** In columns where there is room, or, with `look`, one under the other. */
export function facts(all: readonly Fact[], look: 'facts columns' | 'facts' = 'facts columns'): HTMLElement {
  const shown = all.filter(([, content]) => content !== undefined);
  return element('dl', { class: look }, ...shown.map(([name, content]) => element('div', {}, element('dt', {}, name), element('dd', {}, content))));
}
