/** The section of the audit trail: found by person, kind and time, said in plain words, and taken along as a file. */
import { choice, field, form, type Field } from '../../dom/controls.ts';
import { element, paragraph, type Content } from '../../dom/element.ts';
import { facts } from '../../dom/facts.ts';
import { pagedList, type PagedList } from '../../dom/paged-list.ts';
import { timeText } from '../../frame/texts.ts';
import type { Console } from '../../pages/console/console.ts';
import { tellCount } from '../../pages/console/tell-count.ts';
import { withQuery } from '../../pages/console/every-page.ts';
import type { AuditWords } from '../../words/en/console-audit.ts';
import { byText, detailRows, toInstant, whatText, type AuditEvent, type AuditPage } from './audit-event.ts';
import { exportBox } from './export-box.ts';

interface FilterFields {
  readonly userId: Field;
  readonly kind: Field;
  readonly from: Field;
  readonly to: Field;
}

function filterFields(words: AuditWords, userId: string): FilterFields {
  const kinds = Object.entries(words.kinds).toSorted(([, one], [, other]) => one.localeCompare(other));
  const time = { type: 'datetime-local', autocomplete: 'off' };
  return {
    userId: field(words.person, { type: 'search', autocomplete: 'off', maxlength: 200, value: userId }),
    kind: choice(words.kind, [['', words.all], ...kinds]),
    from: field(words.from, time),
    to: field(words.to, time),
  };
}

function moreCell(words: AuditWords, event: AuditEvent): Content {
  const names = Object.keys(words.facts) as (keyof AuditWords['facts'])[];
  const own = names.filter((name) => event[name] !== undefined).map((name): [string, string] => [words.facts[name], name === 'door' ? (words.doors[event.door] ?? event.door) : String(event[name])]);
  return element('details', {}, element('summary', {}, words.more, element('span', { class: 'unseen' }, `: ${whatText(words, event)}, ${timeText(event.at)}`)), facts([...detailRows(event), ...own]));
}

function eventList(console: Console, words: AuditWords, read: (cursor: string | undefined) => Promise<AuditPage>): PagedList {
  return pagedList<AuditEvent>({
    name: words.title,
    columns: [
      { name: words.when, cell: ({ at }) => element('time', { datetime: at }, timeText(at)) },
      { name: words.what, cell: (event) => whatText(words, event) },
      { name: words.who, cell: ({ userId }) => (userId === undefined ? '' : console.link(userId, 'users', 'user', userId)) },
      { name: words.by, cell: (event) => byText(words, event) },
      { name: words.where, cell: ({ ipAddress }) => ipAddress ?? '' },
      { name: words.more, cell: (event) => moreCell(words, event) },
    ],
    load: async (cursor) => {
      const page = await console.attempt(() => read(cursor));
      return page && { rows: page.events, cursor: page.cursor };
    },
    empty: () => [paragraph(words.none)],
    moreName: console.words.more,
    tellCount: tellCount(console),
  });
}

export async function draw(console: Console, words: AuditWords, [userId = '']: readonly string[]): Promise<void> {
  const fields = filterFields(words, userId);
  const query = () => ({ userId: fields.userId.value(), kind: fields.kind.value(), from: toInstant(fields.from.input.value), to: toInstant(fields.to.input.value) });
  // What was chosen when it was last shown: typing alone changes neither the list nor what is exported.
  let shown = query();
  const read = (cursor: string | undefined): Promise<AuditPage> => console.ask<AuditPage>('GET', withQuery(console.at('audit'), { ...shown, cursor }));
  const list = eventList(console, words, read);
  const find = async (): Promise<void> => {
    const next = query();
    const isWrong = next.from !== undefined && next.to !== undefined && next.from > next.to;
    fields.to.complain(isWrong ? words.wrongOrder : '');
    if (isWrong) return;
    shown = next;
    await list.reload();
  };
  const filters = element('div', { role: 'search' }, element('div', { class: 'filters' }, fields.userId.box, fields.kind.box), element('div', { class: 'filters' }, fields.from.box, fields.to.box));
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  console.show({
    title: words.titleOf(console.organization.name),
    content: [paragraph(words.intro), paragraph(words.zone(zone), { class: 'soft' }), form(words.find, find, filters), list.box, ...exportBox(console, words, read)],
  });
  await list.reload();
}
