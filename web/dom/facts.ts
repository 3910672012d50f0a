/** Facts about somebody or something, each with its name. */
import { element, type Content } from './element.ts';

export const facts = (all: readonly (readonly [name: string, content: Content])[]): HTMLElement =>
  element('dl', { class: 'facts columns' }, ...all.map(([name, content]) => element('div', {}, element('dt', {}, name), element('dd', {}, content))));
