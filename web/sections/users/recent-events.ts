/** What happened to a user lately, as the audit trail has it. */
import { element, paragraph, type Content } from '../../dom/element.ts';
import { tableOf } from '../../dom/table.ts';
import type { Console } from '../../pages/console/console.ts';
import type { UsersWords } from '../../words/en/console-users.ts';
import { timeText } from './user.ts';

interface AuditEvent {
  readonly at: string;
  readonly kind: string;
  readonly actor?: string;
  readonly detail?: { readonly reason?: unknown };
}

export interface AuditPage {
  readonly events: readonly AuditEvent[];
}

/** The trail's own names, which portals and tools know too: `user-unlocked`. */
const nameOf = ({ kind, detail }: AuditEvent): string => (typeof detail?.reason === 'string' ? `${kind.replaceAll('-', ' ')} (${detail.reason})` : kind.replaceAll('-', ' '));

/** `page` is undefined when the trail could not be read, or is not the person's to read. */
export function recentEvents(console: Console, words: UsersWords, userId: string, page: AuditPage | undefined): Content[] {
  if (!page || page.events.length === 0) return [paragraph(words.noEvents)];
  const table = tableOf<AuditEvent>(words.events, [
    { name: words.when, cell: ({ at }) => timeText(at) },
    { name: words.event, cell: nameOf },
    { name: words.by, cell: ({ actor }) => actor ?? words.service },
  ]);
  table.add(page.events);
  return [element('div', { class: 'list' }, table.box), element('p', {}, console.link(words.moreEvents, 'audit', userId))];
}
