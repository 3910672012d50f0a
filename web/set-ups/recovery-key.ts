/** A recovery key, shown once (row 4.5): to download, to copy, and to be said to be kept before anything goes on. */
import { button } from '../dom/controls.ts';
import { download } from '../dom/download.ts';
import { element, paragraph } from '../dom/element.ts';
import type { Frame } from '../frame/frame.ts';
import type { SetUpWords } from '../words/en/set-up.ts';

export function showRecoveryKey(frame: Frame<SetUpWords>, recoveryKey: string, goOn: () => void): void {
  const { words, welcome } = frame;
  const { recovery } = words;
  const saved = element('input', { type: 'checkbox' });
  const fileName = `${welcome.organization.name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}-recovery-key.txt`;
  const save = button(recovery.download, () => download(fileName, `${recoveryKey}\n`, 'text/plain'));
  const copy = button(recovery.copy, async () => {
    await navigator.clipboard.writeText(recoveryKey);
    frame.tell(recovery.copied, 'good');
  });
  const next = button(words.goOn, () => {
    if (saved.checked) goOn();
    else {
      frame.tell(recovery.savedMissing, 'bad');
      saved.focus();
    }
  }, { look: 'main' });
  const content = [
    paragraph(recovery.text),
    element('span', { class: 'key' }, recoveryKey),
    element('div', { class: 'row' }, save, copy),
    element('label', { class: 'check' }, saved, recovery.saved),
    next,
  ];
  frame.show({ title: recovery.title, content });
}
