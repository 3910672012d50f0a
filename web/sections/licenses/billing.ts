/** What is charged for a month, as a file for whoever writes the bills. */
import { button, choice } from '../../dom/controls.ts';
import { writeCsv } from '../../dom/csv.ts';
import { download, fileName } from '../../dom/download.ts';
import { element, paragraph, type Content } from '../../dom/element.ts';
import { monthsBack, monthText, numberText } from '../../frame/texts.ts';
import { now } from '../../frame/time.ts';
import type { Console } from '../../pages/console/console.ts';
import { everyPage, withQuery } from '../../pages/console/every-page.ts';
import type { LicensesWords } from '../../words/en/console-licenses.ts';

type BillLine = Readonly<Record<keyof LicensesWords['columns'], string | number | undefined>>;

interface Bill {
  readonly lines: readonly BillLine[];
  readonly cursor?: string;
}

/** As long as the trail is kept (D24). */
const mostMonths = 13;

export function billRows(columns: LicensesWords['columns'], lines: readonly BillLine[]): string[][] {
  const names = Object.keys(columns) as (keyof LicensesWords['columns'])[];
  return [names.map((name) => columns[name]), ...lines.map((line) => names.map((name) => String(line[name] ?? '')))];
}

export function billingBox(console: Console, words: LicensesWords): Content[] {
  const month = choice(words.month, monthsBack(now(), mostMonths).map((each) => [each, monthText(each)]));
  const press = button(words.export, async () => {
    const lines: BillLine[] = [];
    const read = (cursor: string | undefined): Promise<Bill> => console.ask<Bill>('GET', withQuery(console.at('billing'), { month: month.value(), cursor }));
    const isRead = await console.attempt(() =>
      everyPage(read, (page) => {
        lines.push(...page.lines);
        console.tell(words.exporting(numberText(lines.length)));
      }),
    );
    if (isRead === undefined) return;
    if (lines.length === 0) console.tell(words.nothingCharged);
    else {
      download(fileName(['billing', console.organization.organizationId, month.value()], 'csv'), writeCsv(billRows(words.columns, lines)));
      console.tell(words.exported(numberText(lines.length)), 'good');
    }
  });
  return [paragraph(words.billingText), element('div', { class: 'pair start' }, month.box, element('div', { class: 'field' }, press))];
}
