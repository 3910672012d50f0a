/** How a color would look on the pages, by day and by night, and what becomes of one that could not be read. */
import { contrast, readableBrand } from '../../design/brand.ts';
import { element, paragraph } from '../../dom/element.ts';
import type { OrganizationWords } from '../../words/en/console-organization.ts';

const papers = { light: '#ffffff', dark: '#18212b' } as const;
const inks = { light: '#16202c', dark: '#eef2f6' } as const;

export const isColor = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text);

function swatch(words: OrganizationWords, color: string, scheme: 'light' | 'dark'): HTMLElement {
  const { brand, ink } = readableBrand(color, scheme);
  const isKept = brand === color.toLowerCase();
  const ratio = contrast(brand, papers[scheme]).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
  const box = element(
    'div',
    { class: 'swatch' },
    element('strong', {}, scheme === 'light' ? words.day : words.night),
    element('span', { class: 'sample', 'aria-hidden': 'true' }, words.sample),
    element('span', { class: 'line' }, words.contrast(ratio)),
    element('span', { class: 'line' }, isKept ? words.asAsked : words.adapted(brand)),
  );
  const sample = box.querySelector<HTMLElement>('.sample');
  box.style.setProperty('background', papers[scheme]);
  box.style.setProperty('color', inks[scheme]);
  sample?.style.setProperty('background', brand);
  sample?.style.setProperty('color', ink);
  return box;
}

/** Nothing for what is no color yet. */
export function colorSample(words: OrganizationWords, color: string): HTMLElement {
  const content = isColor(color) ? [swatch(words, color, 'light'), swatch(words, color, 'dark')] : [paragraph('')];
  return element('div', { class: 'swatches' }, ...content);
}
