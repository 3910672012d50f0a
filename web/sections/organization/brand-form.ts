/** The color and the logo of an organization: tried out as they are chosen, then saved together. */
import { Refusal, type Tagged } from '../../ask/ask.ts';
import { applyBrand, shownLogo } from '../../design/brand.ts';
import { button, check, field, form } from '../../dom/controls.ts';
import { element, newId, paragraph } from '../../dom/element.ts';
import type { Console } from '../../pages/console/console.ts';
import type { OrganizationWords } from '../../words/en/console-organization.ts';
import { colorSample, isColor } from './color-sample.ts';
import { readLogo } from './logo.ts';

export interface Brand {
  readonly color?: string;
  readonly logo?: string;
  readonly inheritedFrom?: string;
}

/** Where the picker begins when there is no color yet. */
const ownColor = '#1f5fae';

interface ColorFields {
  readonly content: readonly HTMLElement[];
  /** Undefined for our own; null, and said at the field, for what is no color. */
  read(): string | undefined | null;
}

function colorFields(words: OrganizationWords, first: string | undefined): ColorFields {
  const own = check(words.ownColor, { checked: first !== undefined });
  const text = field(words.color, { maxlength: 7, autocomplete: 'off', hint: words.colorHint, value: first ?? ownColor });
  const picker = element('input', { type: 'color', value: first ?? ownColor, 'aria-label': words.pick });
  text.box.classList.add('narrow-field');
  const samples = element('div', { 'aria-live': 'polite' });
  const box = element('div', {}, element('div', { class: 'pair start' }, text.box, element('div', { class: 'field' }, picker)), samples);
  const adapt = (): void => {
    box.hidden = !own.input.checked;
    samples.replaceChildren(colorSample(words, text.value()));
  };
  picker.addEventListener('input', () => {
    text.input.value = picker.value;
    adapt();
  });
  text.input.addEventListener('input', () => {
    if (isColor(text.value())) picker.value = text.value().toLowerCase();
    adapt();
  });
  own.input.addEventListener('change', adapt);
  adapt();
  return {
    content: [own.box, box],
    read: () => {
      text.complain('');
      if (!own.input.checked) return undefined;
      if (isColor(text.value())) return text.value();
      text.complain(words.colorWrong);
      return null;
    },
  };
}

function logoFields(words: OrganizationWords, first: string | undefined) {
  let logo = first;
  const id = newId('logo');
  const file = field(words.logo, { type: 'file', accept: 'image/png,image/webp,image/svg+xml', hint: words.logoHint });
  const shown = element('img', { class: 'logo-shown', alt: words.logo, id });
  const remove = button(words.removeLogo, () => take(undefined));
  const none = paragraph(words.noLogo, { class: 'soft' });
  const take = (next: string | undefined): void => {
    logo = next;
    const source = shownLogo(next);
    [shown.hidden, remove.hidden, none.hidden] = [source === undefined, next === undefined, next !== undefined];
    if (source !== undefined) shown.src = source;
  };
  file.input.addEventListener('change', () => {
    void (async () => {
      const [chosen] = (file.input as HTMLInputElement).files ?? [];
      if (!chosen) return;
      const read = readLogo(new Uint8Array(await chosen.arrayBuffer()));
      file.complain(read.is === 'logo' ? '' : read.is === 'wrong' ? words.logoWrong : words.logoTooLarge);
      if (read.is === 'logo') take(read.logo);
    })();
  });
  take(first);
  return { file, box: element('div', {}, shown, none, file.box, element('div', { class: 'field' }, remove)), logo: () => logo };
}

export function brandForm(console: Console, words: OrganizationWords, { body, etag: firstTag }: Tagged<Brand>): HTMLElement {
  // What is the reseller's is not saved as one's own.
  const own: Brand = body.inheritedFrom === undefined ? body : {};
  let etag = firstTag;
  const [color, logo] = [colorFields(words, own.color), logoFields(words, own.logo)];
  const path = console.at('brand');
  const save = async (): Promise<void> => {
    const [chosen, image] = [color.read(), logo.logo()];
    if (chosen === null) return;
    const brand = { ...(chosen === undefined ? {} : { color: chosen }), ...(image === undefined ? {} : { logo: image }) };
    const saved = await console.attempt(async () => {
      try {
        return await console.askTagged<Brand>('PUT', path, brand, { ifMatch: etag });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (error.problem === 'version-mismatch') {
          ({ etag } = await console.askTagged<Brand>('GET', path));
          console.tell(words.changedMeanwhile, 'bad');
        } else if (error.problem === 'request-invalid') logo.file.complain(words.logoRefused);
        else throw error;
        return undefined;
      }
    });
    if (!saved) return;
    ({ etag } = saved);
    if (console.person.organizationId === console.organization.organizationId) applyBrand({ name: console.organization.name, ...saved.body });
    console.tell(words.saved, 'good');
  };
  return form(console.words.save, save, ...color.content, logo.box);
}
