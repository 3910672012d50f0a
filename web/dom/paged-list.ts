/** A list that is read page by page: its rows, what to do where there are none, and a button for more. */
import { button } from './controls.ts';
import { element, type Content } from './element.ts';
import { tableOf, type Column } from './table.ts';

export interface ListPage<Row> {
  readonly rows: readonly Row[];
  readonly cursor?: string | undefined;
}

export interface PagedListOptions<Row> {
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  /** Undefined when it failed, and that was said. */
  load(cursor: string | undefined): Promise<ListPage<Row> | undefined>;
  /** What stands there when there is nothing: what to do next. */
  empty(): readonly Content[];
  readonly moreName: string;
  /** Says how many are shown now. */
  tellCount(count: number, hasMore: boolean): void;
}

export interface PagedList {
  readonly box: HTMLElement;
  /** From the beginning; what an earlier load brings later is dropped. */
  reload(): Promise<void>;
}

/** A filtered page may hold nothing while there is more behind it: so many are asked for at once. */
const mostEmptyPages = 5;

export function pagedList<Row>(options: PagedListOptions<Row>): PagedList {
  const table = tableOf(options.name, options.columns);
  const nothing = element('div', { class: 'nothing', hidden: true });
  const more = button(options.moreName, () => append(), {});
  const moreRow = element('div', { class: 'row', hidden: true }, more);
  const box = element('div', { class: 'list', 'aria-busy': 'true' }, table.box, nothing, moreRow);
  let [generation, count] = [0, 0];
  let cursor: string | undefined;

  async function nextPage(): Promise<ListPage<Row> | undefined> {
    let page = await options.load(cursor);
    for (let asked = 1; page?.rows.length === 0 && page.cursor !== undefined && asked < mostEmptyPages; asked += 1) page = await options.load(page.cursor);
    return page;
  }

  async function append(isFresh = false): Promise<void> {
    const own = generation;
    const page = await nextPage();
    if (own !== generation) return;
    box.removeAttribute('aria-busy');
    if (!page) return;
    if (isFresh) table.clear();
    const first = table.add(page.rows);
    count = (isFresh ? 0 : count) + page.rows.length;
    ({ cursor } = page);
    table.box.hidden = count === 0;
    nothing.hidden = count > 0 || cursor !== undefined;
    if (!nothing.hidden) nothing.replaceChildren(...options.empty().filter((each) => each !== undefined));
    moreRow.hidden = cursor === undefined;
    // The button may be gone now; what it brought is where the person goes on.
    if (!isFresh) first?.focus();
    options.tellCount(count, cursor !== undefined);
  }

  return {
    box,
    reload: () => {
      generation += 1;
      cursor = undefined;
      box.setAttribute('aria-busy', 'true');
      return append(true);
    },
  };
}
