/** The section of name and brand: what people see of an organization. */
import { Refusal, type Tagged } from '../../ask/ask.ts';
import { shownLogo } from '../../design/brand.ts';
import { field, form } from '../../dom/controls.ts';
import { element, paragraph, type Content } from '../../dom/element.ts';
import { facts } from '../../dom/facts.ts';
import type { Console, Organization } from '../../pages/console/console.ts';
import type { OrganizationWords } from '../../words/en/console-organization.ts';
import { brandForm, type Brand } from './brand-form.ts';
import { colorSample } from './color-sample.ts';
import { supportFields } from './support-fields.ts';

function nameForm(console: Console, words: OrganizationWords, { body, etag: firstTag }: Tagged<Organization>): HTMLElement {
  let etag = firstTag;
  const name = field(words.name, { autocomplete: 'organization', autocapitalize: 'words', maxlength: 100, value: body.name });
  const support = supportFields(words, body.support);
  const save = async (): Promise<void> => {
    const isSupport = support.isComplete();
    name.complain(name.value() === '' ? words.nameMissing : '');
    if (!isSupport || name.value() === '') return;
    const saved = await console.attempt(async () => {
      try {
        return await console.ask<Organization>('PUT', console.at(), { name: name.value(), support: support.read() ?? null }, { ifMatch: etag });
      } catch (error) {
        if (!(error instanceof Refusal) || error.problem !== 'version-mismatch') throw error;
        ({ etag } = await console.askTagged<Organization>('GET', console.at()));
        console.tell(words.changedMeanwhile, 'bad');
        return undefined;
      }
    });
    if (saved) console.goTelling(console.words.saved, 'organization');
  };
  return form(console.words.save, save, name.box, ...support.boxes);
}

/** For whoever only reads. */
function reading(words: OrganizationWords, { name, support }: Organization, { color, logo }: Brand): Content[] {
  const source = shownLogo(logo);
  return [
    facts([[words.name, name], [words.supportName, support?.name ?? '–'], [words.supportUrl, support?.url ?? '–'], [words.color, color ?? words.noColor]]),
    color === undefined ? undefined : colorSample(words, color),
    source === undefined ? paragraph(words.noLogo, { class: 'soft' }) : element('img', { class: 'logo-shown', alt: words.logo, src: source }),
  ];
}

export async function draw(console: Console, words: OrganizationWords): Promise<void> {
  const [organization, brand] = await Promise.all([console.askTagged<Organization>('GET', console.at()), console.askTagged<Brand>('GET', console.at('brand'))]);
  const title = words.titleOf(organization.body.name);
  if (!console.may('administrator')) {
    console.show({ title, content: [paragraph(words.intro), ...reading(words, organization.body, brand.body)] });
    return;
  }
  const inherited = brand.body.inheritedFrom === undefined ? undefined : paragraph(words.inherited, { class: 'soft' });
  console.show({
    title,
    content: [
      paragraph(words.intro),
      element('section', {}, element('h2', {}, words.naming), nameForm(console, words, organization)),
      element('section', {}, element('h2', {}, words.brand), inherited, brandForm(console, words, brand)),
    ],
  });
}
