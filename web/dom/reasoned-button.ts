/** A button that stays where it is when it cannot be pressed, and says why: a switch that vanished would be looked for in vain (row 2.3). */
import { button, type ButtonOptions } from './controls.ts';
import { element, newId, paragraph } from './element.ts';

/** `why` is the reason for which it cannot be pressed; without one it can. It is reached by keyboard all the same, and its reason is heard. */
export function reasonedButton(name: string, press: () => unknown, why: string | undefined, options: ButtonOptions = {}): HTMLElement {
  if (why === undefined) return button(name, press, options);
  const id = newId('why');
  const made = button(name, () => undefined, options);
  made.setAttribute('aria-disabled', 'true');
  made.setAttribute('aria-describedby', id);
  return element('div', {}, made, paragraph(why, { class: 'why', id }));
}
