/** What the bench prints: sections of rows, each with what was measured, what is allowed, and whether it holds. */

export interface Row {
  readonly what: string;
  readonly measured: string;
  /** What is allowed; absent for what is only told. */
  readonly budget?: string;
  readonly isWithin?: boolean;
}

export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
  /** How it was measured, and what to think of it. */
  readonly notes?: readonly string[];
}

/** A figure that must not be above its budget. */
export function atMost(what: string, value: number, most: number, show: (value: number) => string): Row {
  return { what, measured: show(value), budget: `≤ ${show(most)}`, isWithin: value <= most };
}

export const told = (what: string, measured: string): Row => ({ what, measured });

const verdictOf = ({ isWithin }: Row): string => (isWithin === undefined ? '' : isWithin ? 'ok' : 'OVER');

export function printSection({ title, rows, notes = [] }: Section): void {
  const widths = [
    Math.max(...rows.map(({ what }) => what.length)),
    Math.max(...rows.map(({ measured }) => measured.length)),
    Math.max(...rows.map(({ budget = '' }) => budget.length)),
  ] as const;
  console.log(`\n${title}`);
  for (const row of rows) {
    const cells = [row.what.padEnd(widths[0]), row.measured.padStart(widths[1]), (row.budget ?? '').padStart(widths[2]), verdictOf(row)];
    console.log(`  ${cells.join('  ').trimEnd()}`);
  }
  for (const note of notes) console.log(`  · ${note}`);
}

/** True when every row that has a budget keeps it. */
export function printVerdict(sections: readonly Section[]): boolean {
  const judged = sections.flatMap(({ rows }) => rows).filter(({ isWithin }) => isWithin !== undefined);
  const over = judged.filter(({ isWithin }) => isWithin === false);
  console.log(over.length === 0 ? `\nAll ${String(judged.length)} budgets are kept.` : `\nOver budget: ${over.map(({ what }) => what).join('; ')}.`);
  return over.length === 0;
}
