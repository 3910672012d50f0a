/** While the users of a file are enabled: how far it is, to be stopped and gone on with, and at the end what became of each row. */
import { button } from '../../dom/controls.ts';
import { download } from '../../dom/download.ts';
import { writeCsv } from '../../dom/csv.ts';
import { element, newId, paragraph, type Content } from '../../dom/element.ts';
import { tableOf } from '../../dom/table.ts';
import type { Console } from '../../pages/console/console.ts';
import { problemLine } from '../../pages/console/problem-line.ts';
import { Refusal } from '../../ask/ask.ts';
import type { UsersWords } from '../../words/en/console-users.ts';
import { bulkRun, type BulkEnd, type BulkRun, type Done } from './bulk-run.ts';
import { faultText } from './bulk-faults.ts';
import type { BulkRow, CheckedFile } from './bulk-rows.ts';
import { bulkWorld } from './bulk-world.ts';

const nameOf = ({ userId, email }: BulkRow): string => (userId === '' ? email : userId);

function reasonOf(console: Console, { problem }: Done): string {
  return problem === undefined ? '' : problemLine(console.words, new Refusal(problem));
}

function reportOf(console: Console, words: UsersWords, run: BulkRun, { bad }: CheckedFile): string {
  const { csv, outcomes } = words.bulk;
  const rows = [
    ...run.done.map((each) => ({ line: each.row.line, who: nameOf(each.row), outcome: outcomes[each.outcome], why: reasonOf(console, each) })),
    ...run.left.map((row) => ({ line: row.line, who: nameOf(row), outcome: outcomes.waiting, why: '' })),
    ...bad.map((row) => ({ line: row.line, who: row.who, outcome: outcomes.refused, why: faultText(words, row) })),
  ].toSorted((one, other) => one.line - other.line);
  return writeCsv([[csv.row, csv.user, csv.outcome, csv.detail], ...rows.map(({ line, who, outcome, why }) => [String(line), who, outcome, why])]);
}

const isFailure = ({ outcome }: Done): boolean => outcome !== 'enabled' && outcome !== 'already';

function failures(console: Console, words: UsersWords, { done }: BulkRun): Content[] {
  const { bulk } = words;
  const failed = done.filter(isFailure);
  if (failed.length === 0) return [];
  const table = tableOf<Done>(bulk.onlyFailed, [
    { name: bulk.row, cell: ({ row }) => String(row.line) },
    { name: bulk.who, cell: ({ row }) => nameOf(row) },
    { name: bulk.what, cell: (each) => [bulk.outcomes[each.outcome], reasonOf(console, each)].filter((text) => text !== '').join(': ') },
  ]);
  table.add(failed.slice(0, 50));
  return [element('h2', {}, bulk.onlyFailed), element('div', { class: 'list' }, table.box)];
}

function showFinished(console: Console, words: UsersWords, run: BulkRun, checked: CheckedFile): void {
  const { bulk } = words;
  const count = (outcome: string): number => run.done.filter((each) => each.outcome === outcome).length;
  const save = button(bulk.report, () => download('report.csv', reportOf(console, words, run, checked), 'text/csv'), { look: 'main' });
  const content = [
    paragraph(bulk.summary(count('enabled'), count('already'), run.done.filter(isFailure).length + checked.bad.length)),
    element('div', { class: 'row' }, save, console.link(bulk.another, 'users', 'bulk'), console.link(words.backToList, 'users')),
    ...failures(console, words, run),
  ];
  console.show({ title: bulk.finishedTitle, content });
}

/** As often as it is worth hearing: every tenth of it, and the last. */
const isWorthSaying = (done: number, all: number): boolean => done === all || done % Math.max(1, Math.ceil(all / 10)) === 0;

export async function showRunning(console: Console, words: UsersWords, checked: CheckedFile): Promise<void> {
  const { bulk } = words;
  const run = bulkRun(checked.good, bulkWorld(console));
  const all = checked.good.length;
  const labelId = newId('progress');
  const bar = element('progress', { max: all, value: 0, 'aria-labelledby': labelId });
  const label = paragraph(bulk.progress(0, all), { id: labelId });
  const stop = button(bulk.stop, () => run.stop());
  const goOn = button(bulk.resume, () => go(), { look: 'main' });
  const report = button(bulk.report, () => download('report.csv', reportOf(console, words, run, checked), 'text/csv'), { look: 'link' });
  const stay = (event: Event): void => event.preventDefault();

  function tell(): void {
    const done = run.done.length;
    bar.value = done;
    label.textContent = bulk.progress(done, all);
    if (isWorthSaying(done, all)) console.tell(bulk.progress(done, all));
    if (!console.isHere()) run.stop();
  }
  function showPaused(end: BulkEnd | undefined): void {
    [stop.hidden, goOn.hidden, report.hidden] = [true, false, false];
    if (end === 'no-license') console.tell(bulk.noLicense(run.left.length), 'bad');
    // What was refused has been said already.
    else if (end) console.tell(bulk.stopped(run.left.length));
    goOn.focus();
  }
  async function go(): Promise<void> {
    [stop.hidden, goOn.hidden, report.hidden] = [false, true, true];
    addEventListener('beforeunload', stay);
    const end = await console.attempt(() => run.go(tell));
    removeEventListener('beforeunload', stay);
    if (end === 'finished') showFinished(console, words, run, checked);
    else showPaused(end);
  }
  console.show({ title: bulk.runningTitle, content: [label, bar, element('div', { class: 'row' }, stop, goOn, report)], focus: stop });
  await go();
}
