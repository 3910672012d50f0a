/** The choice of an organization (row 0.2), from those that the person administers; whoever has one alone is not asked. */
import { ask } from '../../ask/ask.ts';
import { field } from '../../dom/controls.ts';
import { element, paragraph } from '../../dom/element.ts';
import { pagedList, type ListPage } from '../../dom/paged-list.ts';
import type { Frame } from '../../frame/frame.ts';
import type { ConsoleWords } from '../../words/en/console.ts';
import type { Organization } from './console.ts';
import { addressOf } from './place.ts';

interface OrganizationPage {
  readonly organizations: readonly Organization[];
  readonly cursor?: string;
}

export const readOrganization = (organizationId: string): Promise<Organization> => ask<Organization>('GET', `/page/v1/organizations/${encodeURIComponent(organizationId)}`);

const readPage = (cursor: string | undefined): Promise<OrganizationPage> =>
  ask<OrganizationPage>('GET', `/page/v1/organizations${cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`}`);

const isNamed = ({ name, organizationId }: Organization, text: string): boolean => [name, organizationId].some((each) => each.toLowerCase().includes(text.toLowerCase()));

/** Gives the organization when there is one alone, and shows nothing then. A name of it already picks one, by Enter. */
export async function showOrganizations(frame: Frame<ConsoleWords>, isCurrent: () => boolean, pick: (organizationId: string) => void): Promise<Organization | undefined> {
  const { words } = frame;
  let first: OrganizationPage | undefined = await readPage(undefined);
  const [only] = first.organizations;
  if (only && first.organizations.length === 1 && first.cursor === undefined) return only;
  if (!isCurrent()) return undefined;
  const search = field(words.findOrganization, { type: 'search', autocomplete: 'off', maxlength: 100 });
  const load = async (cursor: string | undefined): Promise<ListPage<Organization> | undefined> => {
    try {
      const page = cursor === undefined && first ? first : await readPage(cursor);
      first = undefined;
      return { rows: page.organizations.filter((each) => isNamed(each, search.value())), cursor: page.cursor };
    } catch (error) {
      frame.tellProblem(error);
      return undefined;
    }
  };
  const list = pagedList<Organization>({
    name: words.organizations,
    columns: [
      { name: words.organization, cell: ({ organizationId, name }) => element('a', { href: addressOf(organizationId) }, name) },
      { name: words.organizationId, cell: ({ organizationId }) => organizationId },
      { name: words.belongsTo, cell: ({ parentId }) => parentId ?? words.nobody },
    ],
    load,
    empty: () => [paragraph(words.noOrganization)],
    moreName: words.more,
    tellCount: (count, hasMore) => frame.tell(words.shown(count, hasMore)),
  });
  search.input.addEventListener('input', () => void list.reload());
  search.input.addEventListener('keydown', (event) => {
    const links = list.box.querySelectorAll('tbody a');
    if ((event as KeyboardEvent).key === 'Enter' && links.length === 1) pick(readPick(links[0]));
  });
  frame.show({ title: words.pickOrganization, content: [paragraph(words.pickOrganizationText), search.box, list.box], focus: search.input });
  await list.reload();
  return undefined;
}

const readPick = (link: Element | undefined): string => decodeURIComponent((link?.getAttribute('href') ?? '').split('/')[1] ?? '');
