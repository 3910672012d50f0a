/** A file of the browser's own making: what is in it goes nowhere. */
import { element } from './element.ts';

export function download(name: string, text: string, type = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  element('a', { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}
