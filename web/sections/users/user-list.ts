/** The users of an organization: found as one types, told apart by whether they confirm, and by locks. */
import { button, choice, field, type Field } from '../../dom/controls.ts';
import { element, paragraph, type Content } from '../../dom/element.ts';
import { pagedList } from '../../dom/paged-list.ts';
import { timeText } from '../../frame/texts.ts';
import type { Console } from '../../pages/console/console.ts';
import type { UsersWords } from '../../words/en/console-users.ts';
import { openNewUser } from './edit-user.ts';
import { mfaState, mfaStatuses, states, warnings, type UserSummary } from './user.ts';

interface UserPage {
  readonly users: readonly UserSummary[];
  readonly cursor?: string;
}

interface Filters {
  readonly query: string;
  readonly mfa: string;
  readonly lock: string;
}

const unfiltered: Filters = { query: '', mfa: '', lock: '' };
/** Whoever comes back from a user finds the list as it was left. Gone with the tab, and nowhere else. */
const kept = new Map<string, Filters>();

/** So long after the last key, as people type in bursts. */
const pause = 250;

function pathOf(console: Console, filters: Filters, cursor: string | undefined): string {
  const given = Object.entries({ ...filters, cursor: cursor ?? '' }).filter(([, value]) => value !== '');
  return `${console.at('users')}?${new URLSearchParams(given).toString()}`;
}

function filterFields(words: UsersWords, { query, mfa, lock }: Filters): Record<keyof Filters, Field> {
  const fields = {
    query: field(words.search, { type: 'search', autocomplete: 'off', maxlength: 100, hint: words.searchHint, value: query }),
    mfa: choice(words.mfaFilter, [['', words.all], ...mfaStatuses.map((status) => [status, words.mfa[status]] as const)]),
    lock: choice(words.lockFilter, [['', words.all], ['true', words.onlyLocked], ['false', words.onlyUnlocked]]),
  };
  fields.mfa.input.value = mfa;
  fields.lock.input.value = lock;
  fields.query.box.classList.add('wide-field');
  return fields;
}

/** Where there is no room for an address in one line, it is broken where people would break it. */
function brokenAtSign(email: string): Content[] {
  const at = email.lastIndexOf('@') + 1;
  return [email.slice(0, at), element('wbr'), email.slice(at)];
}

function columnsFor(console: Console, words: UsersWords) {
  return [
    { name: words.name, cell: ({ displayName, userId }: UserSummary) => [console.link(displayName, 'users', 'user', userId), element('span', { class: 'under' }, userId)] },
    { name: words.email, cell: ({ email }: UserSummary) => brokenAtSign(email) },
    { name: words.role, cell: ({ role }: UserSummary) => console.words.roles[role], isShort: true as const },
    { name: words.confirmation, cell: (user: UserSummary) => states(mfaState(words, user), ...warnings(words, user, true)), isShort: true as const },
    { name: words.lastSignIn, cell: ({ lastSignIn }: UserSummary) => (lastSignIn === undefined ? console.words.never : timeText(lastSignIn)) },
  ];
}

export async function showUserList(console: Console, words: UsersWords): Promise<void> {
  const { organizationId, name } = console.organization;
  const fields = filterFields(words, kept.get(organizationId) ?? unfiltered);
  const read = (): Filters => ({ query: fields.query.value(), mfa: fields.mfa.value(), lock: fields.lock.value() });
  const isFiltered = (): boolean => Object.values(read()).some((value) => value !== '');
  const mayChange = console.may('administrator');

  const list = pagedList<UserSummary>({
    name: words.title,
    columns: columnsFor(console, words),
    load: async (cursor) => {
      const page = await console.attempt(() => console.ask<UserPage>('GET', pathOf(console, read(), cursor)));
      return page && { rows: page.users, cursor: page.cursor };
    },
    empty: () => (isFiltered() ? [paragraph(words.noneFound)] : [paragraph(mayChange ? words.noneYet : words.noneYetReadOnly)]),
    moreName: console.words.more,
    tellCount: (count, hasMore) => console.tell(console.words.shown(count, hasMore)),
  });
  const refresh = (): void => {
    kept.set(organizationId, read());
    void list.reload();
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  fields.query.input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, pause);
  });
  for (const { input } of [fields.mfa, fields.lock]) input.addEventListener('change', refresh);

  const actions: Content[] = mayChange
    ? [element('div', { class: 'row' }, button(words.add, () => openNewUser(console, words)), console.link(words.bulk.link, 'users', 'bulk'))]
    : [];
  const search = element('div', { role: 'search', class: 'filters' }, ...[fields.query, fields.mfa, fields.lock].map(({ box }) => box));
  console.show({ title: words.titleOf(name), content: [...actions, search, list.box], focus: fields.query.input });
  await list.reload();
}
