/** A table that becomes a card for each row where there is no room for columns. Its roles are said, because such styles take them away. */
import { element, type Content } from './element.ts';

export interface Column<Row> {
  readonly name: string;
  /** What stands in it; several things are set beside each other. */
  cell(row: Row): Content | readonly Content[];
  /** Of few and known words, which are never broken in the middle. */
  readonly isShort?: true;
}

export interface Table<Row> {
  readonly box: HTMLElement;
  /** Gives the first of the new rows. */
  add(rows: readonly Row[]): HTMLElement | undefined;
  clear(): void;
}

function cellOf<Row>(column: Column<Row>, row: Row, isFirst: boolean): HTMLElement {
  const found = column.cell(row);
  const content = Array.isArray(found) ? (found as readonly Content[]) : [found as Content];
  const attributes = { role: isFirst ? 'rowheader' : 'cell', 'data-name': column.name, class: column.isShort ? 'short' : undefined };
  return isFirst ? element('th', { scope: 'row', ...attributes }, ...content) : element('td', attributes, ...content);
}

/** The first column names the row. */
export function tableOf<Row>(name: string, columns: readonly Column<Row>[]): Table<Row> {
  const heads = columns.map((column) => element('th', { scope: 'col', role: 'columnheader' }, column.name));
  const body = element('tbody', { role: 'rowgroup' });
  const head = element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, ...heads));
  return {
    box: element('table', { role: 'table', 'aria-label': name, class: columns.length > 4 ? 'table many' : 'table' }, head, body),
    add: (rows) => {
      const made = rows.map((row) => element('tr', { role: 'row', tabindex: -1 }, ...columns.map((column, position) => cellOf(column, row, position === 0))));
      body.append(...made);
      return made[0];
    },
    clear: () => body.replaceChildren(),
  };
}
