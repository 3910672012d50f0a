/** The trail as a file: everything that matches, read page by page to its end. */
import { button } from '../../dom/controls.ts';
import { writeCsv } from '../../dom/csv.ts';
import { download, fileName } from '../../dom/download.ts';
import { element, paragraph, type Content } from '../../dom/element.ts';
import { numberText } from '../../frame/texts.ts';
import type { Console } from '../../pages/console/console.ts';
import { everyPage } from '../../pages/console/every-page.ts';
import type { AuditWords } from '../../words/en/console-audit.ts';
import { exportRows, type AuditEvent, type AuditPage } from './audit-event.ts';

const formats = {
  csv: { type: 'text/csv', write: (events: readonly AuditEvent[]) => writeCsv(exportRows(events)) },
  json: { type: 'application/json', write: (events: readonly AuditEvent[]) => `${JSON.stringify(events, undefined, 2)}\n` },
} as const;

export function exportBox(console: Console, words: AuditWords, read: (cursor: string | undefined) => Promise<AuditPage>): Content[] {
  let isStopped = false;
  const stop = button(words.stop, () => void (isStopped = true));
  stop.hidden = true;
  const line = paragraph('', { role: 'status', class: 'soft' });

  async function save(format: keyof typeof formats): Promise<void> {
    const events: AuditEvent[] = [];
    [isStopped, stop.hidden] = [false, false];
    const isWhole = await console.attempt(() =>
      everyPage(
        read,
        (page) => {
          events.push(...page.events);
          line.textContent = words.exporting(numberText(events.length));
        },
        () => !isStopped,
      ),
    );
    stop.hidden = true;
    line.textContent = isWhole === false ? words.stopped : '';
    if (!isWhole) return;
    if (events.length > 0) download(fileName(['audit', console.organization.organizationId], format), formats[format].write(events), formats[format].type);
    line.textContent = events.length > 0 ? words.exported(numberText(events.length)) : words.nothing;
  }
  const row = element('div', { class: 'row' }, button(words.csv, () => save('csv')), button(words.json, () => save('json')), stop);
  return [element('h2', {}, words.exportTitle), paragraph(words.exportText), row, line];
}
