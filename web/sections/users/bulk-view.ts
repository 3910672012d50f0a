/** Enabling many users from a file: chosen, checked here, begun when the administrator says so, and reported. */
import { button, form } from '../../dom/controls.ts';
import { download } from '../../dom/download.ts';
import { writeCsv } from '../../dom/csv.ts';
import { element, newId, paragraph, type Content } from '../../dom/element.ts';
import { tableOf } from '../../dom/table.ts';
import type { Console } from '../../pages/console/console.ts';
import type { UsersWords } from '../../words/en/console-users.ts';
import { faultText } from './bulk-faults.ts';
import { showRunning } from './bulk-running.ts';
import { checkFile, columnNames, type BadRow, type CheckedFile } from './bulk-rows.ts';
import { readPolicy, type UsersPolicy } from './policy-rules.ts';

/** Of a file, and of what is shown of it. */
const [mostBytes, mostRows, mostShown] = [1024 * 1024, 5000, 50];

const example = [
  [...columnNames],
  ['u-1042', '', 'US/CA', '', '2025550142', '', 'call-pin'],
  ['', 'ada@example.com', 'other', '44', '20 7946 0018', '', ''],
];

function badTable(words: UsersWords, bad: readonly BadRow[]): Content[] {
  const { bulk } = words;
  if (bad.length === 0) return [];
  const table = tableOf<BadRow>(bulk.badRows, [
    { name: bulk.row, cell: ({ line }) => String(line) },
    { name: bulk.who, cell: ({ who }) => who },
    { name: bulk.what, cell: (row) => faultText(words, row) },
  ]);
  table.add(bad.slice(0, mostShown));
  const more = bad.length > mostShown ? paragraph(bulk.moreBad(bad.length - mostShown)) : undefined;
  return [element('h2', {}, bulk.badRows), paragraph(bulk.badRowsText), element('div', { class: 'list' }, table.box), more];
}

/** What stands below the file's own field: how the file is, and what can be done with it. */
function checkedView(console: Console, words: UsersWords, checked: CheckedFile): Content[] {
  const { bulk } = words;
  const { good, bad, unknown, missing } = checked;
  if (missing.length > 0) return [paragraph(bulk.noColumns(missing.join(', ')), { class: 'wrong' })];
  if (good.length + bad.length === 0) return [paragraph(bulk.noRows, { class: 'wrong' })];
  const start = good.length === 0 ? paragraph(bulk.nothingReady) : form(bulk.start(good.length), () => showRunning(console, words, checked));
  return [
    element('h2', {}, bulk.checked(good.length, bad.length)),
    unknown.length > 0 ? paragraph(bulk.unknownColumns(unknown.join(', '))) : undefined,
    start,
    ...badTable(words, bad),
  ];
}

async function readFile(console: Console, words: UsersWords, policy: UsersPolicy, file: File): Promise<Content[]> {
  const { bulk } = words;
  if (file.size > mostBytes) return [paragraph(bulk.tooLarge, { class: 'wrong' })];
  const checked = checkFile(await file.text(), policy);
  const isLong = checked.good.length + checked.bad.length > mostRows;
  return isLong ? [paragraph(bulk.tooLarge, { class: 'wrong' })] : checkedView(console, words, checked);
}

export async function showBulk(console: Console, words: UsersWords): Promise<void> {
  const { bulk } = words;
  const policy = await readPolicy(console);
  const id = newId('file');
  const input = element('input', { type: 'file', id, accept: '.csv,text/csv', 'aria-describedby': `${id}-hint` });
  const box = element('div', { class: 'field' }, element('label', { for: id }, bulk.file), paragraph(bulk.columns, { class: 'hint', id: `${id}-hint` }), input);
  const below = element('div', {});
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (!file) return;
    void readFile(console, words, policy, file).then((content) => {
      below.replaceChildren(...content.filter((each) => each !== undefined));
      // Said aloud as well: what changed is below what has the focus.
      console.tell(below.querySelector('.wrong, h2')?.textContent ?? '');
    });
  });
  const sample = button(bulk.example, () => download('example.csv', writeCsv(example), 'text/csv'), { look: 'link' });
  console.show({ title: bulk.title, content: [element('p', {}, console.link(words.backToList, 'users')), paragraph(bulk.text), box, sample, below] });
}
