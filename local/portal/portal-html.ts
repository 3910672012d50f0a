/** Markup that escapes whatever is filled in. */

/** A symbol, because no JSON from outside can carry one: only `html` makes markup. */
const markup = Symbol('markup');
export interface Markup {
  readonly [markup]: string;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function write(value: unknown): string {
  if (Array.isArray(value)) return value.map(write).join('');
  if (typeof value === 'object' && value !== null && markup in value) return (value as Markup)[markup];
  if (typeof value === 'string') return value.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? '');
  return typeof value === 'number' ? String(value) : '';
}

export function html(parts: TemplateStringsArray, ...values: unknown[]): Markup {
  return { [markup]: parts.reduce((text, part, index) => text + write(values[index - 1]) + part) };
}

export const textOf = (made: Markup): string => made[markup];
