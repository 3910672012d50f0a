/** Event patterns, as EventBridge rules and the filters of Lambda's event sources use them. */

/** A condition on one value: a literal, or an object such as `{ prefix: 'EVENT#' }`. */
type Test = string | number | boolean | null | Readonly<Record<string, unknown>>;

export type Pattern = { readonly [key: string]: readonly Test[] | Pattern };

type Matcher = (wanted: unknown, value: unknown) => boolean;

/** Each is asked about one value; `exists` also about one that is not there. */
const matchers: Readonly<Record<string, Matcher>> = {
  prefix: (wanted, value) => typeof value === 'string' && affix(wanted, value, (text, part) => text.startsWith(part)),
  suffix: (wanted, value) => typeof value === 'string' && affix(wanted, value, (text, part) => text.endsWith(part)),
  'equals-ignore-case': (wanted, value) =>
    typeof value === 'string' && value.toLowerCase() === String(wanted).toLowerCase(),
  exists: (wanted, value) => (value !== undefined) === wanted,
  'anything-but': (wanted, value) => value !== undefined && !anyOf(wanted, value),
  numeric: (wanted, value) => typeof value === 'number' && holdsNumerically(wanted as unknown[], value),
};

/** Throws for a pattern that would not mean here what it means on AWS. */
export function checkPattern(pattern: unknown, where: string): asserts pattern is Pattern {
  for (const [key, item] of Object.entries(pattern as object)) {
    const alternatives = key === '$or' ? (item as unknown[]) : [];
    for (const alternative of alternatives) checkPattern(alternative, where);
    if (key === '$or') continue;
    if (!Array.isArray(item)) {
      if (typeof item !== 'object' || item === null) throw new Error(`${where}: ${key} must be a list or an object.`);
      checkPattern(item, where);
      continue;
    }
    const objects = item.filter((test): test is object => typeof test === 'object' && test !== null);
    const names = objects.flatMap((test) => Object.keys(test));
    const unknown = names.find((name) => !(name in matchers));
    if (unknown !== undefined) throw new Error(`${where}: the test "${unknown}" does not run on one machine.`);
  }
}

/** Whether an event fits: every key of the pattern must hold for the event's value, or for one item of its list. */
export function fits(pattern: Pattern, event: unknown): boolean {
  return Object.entries(pattern).every(([key, item]) => {
    if (key === '$or') return (item as unknown as readonly Pattern[]).some((alternative) => fits(alternative, event));
    const value = typeof event === 'object' && event !== null ? (event as Record<string, unknown>)[key] : undefined;
    return Array.isArray(item) ? anyTestHolds(item as readonly Test[], value) : fits(item as Pattern, value);
  });
}

function anyTestHolds(tests: readonly Test[], value: unknown): boolean {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return tests.some((test) => values.some((one) => testHolds(test, one)));
}

function testHolds(test: Test, value: unknown): boolean {
  if (typeof test !== 'object' || test === null) return test === value;
  return Object.entries(test).every(([name, wanted]) => matchers[name]?.(wanted, value) === true);
}

function affix(wanted: unknown, value: string, holds: (text: string, part: string) => boolean): boolean {
  if (typeof wanted === 'string') return holds(value, wanted);
  const ignoringCase = String((wanted as Record<string, unknown>)['equals-ignore-case']);
  return holds(value.toLowerCase(), ignoringCase.toLowerCase());
}

function anyOf(wanted: unknown, value: unknown): boolean {
  if (Array.isArray(wanted)) return wanted.includes(value);
  return testHolds(wanted as Test, value);
}

/** `[">", 0, "<=", 5]` */
function holdsNumerically(comparisons: readonly unknown[], value: number): boolean {
  for (let index = 0; index < comparisons.length; index += 2) {
    const compare = operators[String(comparisons[index])];
    if (compare?.(value, Number(comparisons[index + 1])) !== true) return false;
  }
  return true;
}

const operators: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '=': (value, bound) => value === bound,
};
