/** A dialog over the page. It says what happens in lines of its own: what is beneath cannot be heard while it is open. */
import { button } from './controls.ts';
import { element, newId, type Content } from './element.ts';

export interface Dialog {
  /** Takes the place of what it showed, and takes the person there. */
  show(title: string, content: readonly Content[], focus?: HTMLElement): void;
  tell(text: string, tone?: 'bad' | 'good' | 'plain'): void;
  close(): void;
  readonly isOpen: boolean;
}

export interface DialogOptions {
  /** The name of the button that leaves it as it is. */
  readonly closeName: string;
  /** However it was closed. */
  onClose?(): void;
}

/** Escape closes it, and the focus goes back where it was: browsers see to both. */
export function openDialog({ closeName, onClose }: DialogOptions): Dialog {
  const headingId = newId('dialog');
  const [told, alarm] = [element('p', { class: 'told', role: 'status' }), element('p', { class: 'told bad', role: 'alert' })];
  const [heading, view] = [element('h2', { id: headingId, tabindex: -1 }), element('div')];
  const close = button(closeName, () => box.close(), { look: 'link' });
  const box = element('dialog', { class: 'dialog', 'aria-labelledby': headingId }, heading, alarm, told, view, element('div', { class: 'row' }, close));
  box.addEventListener('close', () => {
    box.remove();
    onClose?.();
  });
  document.body.append(box);

  const tell: Dialog['tell'] = (text, tone = 'plain') => {
    const line = tone === 'bad' ? alarm : told;
    for (const other of [told, alarm]) if (other !== line) other.textContent = '';
    told.className = tone === 'good' ? 'told good' : 'told';
    if (line.textContent !== text || tone === 'bad') line.textContent = text;
  };
  return {
    tell,
    show: (title, content, focus) => {
      heading.textContent = title;
      tell('');
      view.replaceChildren(...content.filter((each) => each !== undefined));
      if (!box.open) box.showModal();
      (focus ?? heading).focus();
    },
    close: () => box.close(),
    get isOpen() {
      return box.open;
    },
  };
}
