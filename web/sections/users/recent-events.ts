/** What happened to a user lately, as the audit trail has it and in its words. */
import { element, paragraph, type Content } from '../../dom/element.ts';
import { tableOf } from '../../dom/table.ts';
import { timeText } from '../../frame/texts.ts';
import type { Console } from '../../pages/console/console.ts';
import type { AuditWords } from '../../words/en/console-audit.ts';
import type { UsersWords } from '../../words/en/console-users.ts';
import { currentLanguage, type WordLoaders } from '../../words/languages.ts';
import { byText, whatText, type AuditEvent, type AuditPage } from '../audit/audit-event.ts';

const auditWords: WordLoaders<{ readonly words: AuditWords }> = {
  en: () => import('../../words/en/console-audit.ts'),
  es: () => import('../../words/es/console-audit.ts'),
  fr: () => import('../../words/fr/console-audit.ts'),
};

const mostShown = 8;

/** With what an administrator gave as the reason. */
function eventText(words: AuditWords, event: AuditEvent): string {
  const reason = event.detail?.['reason'];
  return [whatText(words, event), ...(typeof reason === 'string' && event.actor !== undefined ? [`(${reason})`] : [])].join(' ');
}

/** That somebody looked is in the trail, and would hide here what happened. */
const isShown = ({ kind }: AuditEvent): boolean => kind !== 'personal-data-read';

/** Nothing where the trail could not be read: the page of the user stands without it. */
export async function recentEvents(console: Console, words: UsersWords, userId: string): Promise<Content[]> {
  const query = new URLSearchParams({ userId, limit: '25' }).toString();
  const reading = console.ask<AuditPage>('GET', `${console.at('audit')}?${query}`).catch(() => undefined);
  const [page, { words: own }] = await Promise.all([reading, auditWords[currentLanguage()]()]);
  const events = (page?.events ?? []).filter(isShown).slice(0, mostShown);
  const table = tableOf<AuditEvent>(words.events, [
    { name: words.when, cell: ({ at }) => timeText(at) },
    { name: words.event, cell: (event) => eventText(own, event) },
    { name: words.by, cell: (event) => byText(own, event) },
  ]);
  table.add(events);
  const shown = events.length === 0 ? paragraph(words.noEvents) : element('div', { class: 'list' }, table.box);
  return [shown, element('p', {}, console.link(words.moreEvents, 'audit', userId))];
}
