/** A new secret, shown once: to copy, and to be said to be stored before the dialog goes. */
import { button, check } from '../../dom/controls.ts';
import { openDialog } from '../../dom/dialog.ts';
import { element, paragraph } from '../../dom/element.ts';
import type { Console } from '../../pages/console/console.ts';
import type { PortalsWords } from '../../words/en/console-portals.ts';

export interface ShownSecret {
  readonly title: string;
  readonly text: string;
  readonly secret: string;
}

/** Several one after the other; `done` when all are stored. */
export function showSecrets(console: Console, words: PortalsWords, [first, ...rest]: readonly ShownSecret[], done: () => void): void {
  if (!first) {
    done();
    return;
  }
  const dialog = openDialog({ closeName: console.words.close, onClose: () => showSecrets(console, words, rest, done) });
  const stored = check(words.stored);
  const next = button(console.words.goOn, () => dialog.close(), { look: 'main' });
  const allow = (): void => void (next.hidden = !stored.input.checked);
  stored.input.addEventListener('change', allow);
  allow();
  const copy = button(words.copy, async () => {
    await navigator.clipboard.writeText(first.secret);
    dialog.tell(words.copied, 'good');
  });
  const shown = element('code', { class: 'key', tabindex: 0 }, first.secret);
  dialog.show(first.title, [paragraph(first.text), shown, element('div', { class: 'row' }, copy), stored.box, next], shown);
}
