/** The section of companies: those of a reseller, and a new one, with confirmation enforced for local users in the same form (row 2.1). */
import { Refusal } from '../../ask/ask.ts';
import { check, field } from '../../dom/controls.ts';
import { element, paragraph } from '../../dom/element.ts';
import { pagedList, type PagedList } from '../../dom/paged-list.ts';
import { reasonedButton } from '../../dom/reasoned-button.ts';
import { dayText } from '../../frame/texts.ts';
import { openAction } from '../../pages/console/action-dialog.ts';
import type { Console, Organization } from '../../pages/console/console.ts';
import { tellCount } from '../../pages/console/tell-count.ts';
import { withQuery } from '../../pages/console/every-page.ts';
import { addressOf } from '../../pages/console/place.ts';
import type { CompaniesWords } from '../../words/en/console-companies.ts';
import { supportFields } from '../organization/support-fields.ts';

interface Company extends Organization {
  readonly createdAt: string;
}

interface CompanyPage {
  readonly organizations: readonly Company[];
  readonly cursor?: string;
}

const listPath = '/page/v1/organizations';
const pathOf = (organizationId: string): string => `${listPath}/${encodeURIComponent(organizationId)}`;

/** The service would change one that is there already. */
async function isTaken(console: Console, organizationId: string): Promise<boolean> {
  try {
    await console.ask('GET', pathOf(organizationId));
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.problem === 'not-found') return false;
    throw error;
  }
}

function openAdd(console: Console, words: CompaniesWords): void {
  const name = field(words.nameField, { autocomplete: 'organization', autocapitalize: 'words', maxlength: 100, hint: words.nameHint });
  const organizationId = field(words.idField, { autocomplete: 'off', maxlength: 100, hint: words.idHint });
  const enforce = check(words.enforce, { 'aria-describedby': 'enforce-text' });
  const support = supportFields(words);
  openAction(console, {
    title: words.add,
    text: [words.addText],
    doName: words.add,
    content: [name.box, organizationId.box, enforce.box, paragraph(words.enforceText, { class: 'what', id: 'enforce-text' }), ...support.boxes],
    focus: name.input,
    fields: { name, organizationId },
    isComplete: () => {
      const isSupport = support.isComplete();
      organizationId.complain(organizationId.value() === '' ? words.idMissing : '');
      name.complain(name.value() === '' ? words.nameMissing : '');
      return isSupport && name.value() !== '' && organizationId.value() !== '';
    },
    act: async () => {
      if (await isTaken(console, organizationId.value())) throw new Refusal('organization-conflict');
      const policy = enforce.input.checked ? { policy: { enforcement: 'required', appliesTo: 'local-users' } } : {};
      const given = support.read();
      const body = { name: name.value(), parentId: console.organization.organizationId, ...policy, ...(given ? { support: given } : {}) };
      return console.ask<Company>('PUT', pathOf(organizationId.value()), body);
    },
    refused: (error) => {
      // Somebody else's looks like one that cannot be made: whoever asks learns that the ID is taken, and no more.
      if (!(error instanceof Refusal) || !['organization-conflict', 'not-found'].includes(error.problem)) return false;
      organizationId.complain(words.idTaken);
      return true;
    },
    done: (company) => console.goTelling(words.added(company.name), 'companies'),
  });
}

function companyList(console: Console, words: CompaniesWords, typed: () => string): PagedList {
  const { organizationId: root } = console.organization;
  const isShown = ({ name, organizationId, parentId }: Company): boolean =>
    parentId === root && [name, organizationId].some((each) => each.toLowerCase().includes(typed().toLowerCase()));
  return pagedList<Company>({
    name: words.title,
    columns: [
      { name: words.name, cell: ({ name, organizationId }) => element('a', { href: addressOf(organizationId) }, name) },
      { name: words.organizationId, cell: ({ organizationId }) => organizationId },
      { name: words.created, cell: ({ createdAt }) => dayText(createdAt) },
    ],
    load: async (cursor) => {
      const page = await console.attempt(() => console.ask<CompanyPage>('GET', withQuery(listPath, { cursor })));
      return page && { rows: page.organizations.filter(isShown), cursor: page.cursor };
    },
    empty: () => [paragraph(typed() === '' ? words.none : words.noneFound)],
    moreName: console.words.more,
    tellCount: tellCount(console),
  });
}

export async function draw(console: Console, words: CompaniesWords): Promise<void> {
  const search = field(words.find, { type: 'search', autocomplete: 'off', maxlength: 100 });
  const list = companyList(console, words, search.value);
  search.input.addEventListener('input', () => void list.reload());
  const why = console.may('administrator') ? undefined : console.words.needsAdministrator;
  const add = element('div', { class: 'row' }, reasonedButton(words.add, () => openAdd(console, words), why, { look: 'main' }));
  console.show({ title: words.titleOf(console.organization.name), content: [paragraph(words.intro), add, element('div', { class: 'apart' }, search.box), list.box] });
  await list.reload();
}
