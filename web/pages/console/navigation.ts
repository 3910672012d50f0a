/** Which organization, who, and where one can go: beside the page where there is room, folded above it where there is not. */
import type { Person } from '../../ask/answers.ts';
import { button } from '../../dom/controls.ts';
import { element, type Content } from '../../dom/element.ts';
import type { Frame } from '../../frame/frame.ts';
import type { ConsoleWords } from '../../words/en/console.ts';
import type { Organization } from './console.ts';
import { addressOf } from './place.ts';
import type { Section } from './sections.ts';

export interface Navigation {
  show(where: { readonly organization?: Organization; readonly hasSeveral: boolean; readonly current?: string }): void;
  /** Out of a place that does not exist. */
  wayOut(): Content;
  clear(): void;
}

export interface NavigationOptions {
  readonly person: Person;
  readonly sections: readonly Section[];
  leave(): void;
}

/** As wide as the columns of the style need it. */
const roomy = '(min-width: 60rem)';

export function openNavigation(frame: Frame<ConsoleWords>, { person, sections, leave }: NavigationOptions): Navigation {
  const { words } = frame;
  const where = element('p', { class: 'where' });
  const current = element('strong');
  const list = element('ul', { class: 'sections' });
  const menu = element('details', { class: 'menu' }, element('summary', {}, element('span', { class: 'unseen' }, `${words.menu}: `), current), list);
  const who = element('p', { class: 'who' }, `${person.displayName} · ${words.roles[person.role]}`);
  const side = element('nav', { class: 'side', 'aria-label': words.menu }, where, menu, who, button(words.leave, leave, { look: 'link' }));
  const media = matchMedia(roomy);
  const fold = (): void => void (menu.open = media.matches);
  media.addEventListener('change', fold);
  fold();
  frame.beside(side);

  return {
    show: ({ organization, hasSeveral, current: name }) => {
      const change = hasSeveral ? element('a', { href: addressOf() }, organization ? words.changeOrganization : words.organizations) : undefined;
      const shown: Content[] = organization ? [element('span', { class: 'soft' }, words.organization), ' ', element('strong', {}, organization.name), ' ', change] : [];
      where.replaceChildren(...shown.filter((each) => each !== undefined));
      const links = sections.filter((each) => !organization || (each.isFor?.(organization) ?? true)).map((each) => {
        const href = organization && addressOf(organization.organizationId, each.name);
        return element('li', {}, element('a', { href, 'aria-current': each.name === name ? 'page' : undefined }, words.sections[each.name]));
      });
      menu.hidden = organization === undefined;
      current.textContent = sections.some((each) => each.name === name) ? words.sections[name as Section['name']] : '';
      list.replaceChildren(...links);
      fold();
    },
    wayOut: () => element('p', {}, element('a', { href: addressOf() }, words.toBeginning)),
    clear: () => side.remove(),
  };
}
