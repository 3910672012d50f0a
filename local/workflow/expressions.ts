/** JSONata in a state's fields: `{% … %}` strings are evaluated wherever they stand, all else is taken literally. */
import { createHash, randomUUID } from 'node:crypto';
import jsonata from 'jsonata';
import { StateFailure } from './state-failure.ts';

/** What an expression can see. */
export interface Scope {
  /** `$states`. */
  readonly states: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, unknown>>;
  now(): number;
}

const compiled = new Map<string, jsonata.Expression>();
const FAILED = 'States.QueryEvaluationError';

/** Evaluates a field, which may be a single expression or an object or list with expressions in it. */
export async function evaluate(value: unknown, scope: Scope, field: string): Promise<unknown> {
  if (typeof value === 'string') return isExpression(value) ? evaluateOne(value, scope, field) : value;
  if (Array.isArray(value)) {
    return Promise.all(value.map((item, index) => evaluate(item, scope, `${field}[${String(index)}]`)));
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    async ([key, item]): Promise<[string, unknown]> => [key, await evaluate(item, scope, `${field}/${key}`)],
  );
  return Object.fromEntries(await Promise.all(entries));
}

function isExpression(value: string): boolean {
  return value.startsWith('{%') && value.endsWith('%}');
}

async function evaluateOne(text: string, scope: Scope, field: string): Promise<unknown> {
  const result = await run(text.slice(2, -2).trim(), scope, field);
  if (result === undefined) {
    throw new StateFailure(FAILED, `The JSONata expression '${text}' in '${field}' returned nothing (undefined).`);
  }
  if (typeof result === 'function') throw new StateFailure(FAILED, `'${field}' evaluates to a function.`);
  // JSONata's lists carry marks of their own; what leaves an expression is plain JSON.
  return typeof result === 'object' ? (JSON.parse(JSON.stringify(result)) as unknown) : result;
}

async function run(source: string, scope: Scope, field: string): Promise<unknown> {
  try {
    const expression = compiled.get(source) ?? jsonata(source);
    compiled.set(source, expression);
    const bindings = { ...scope.variables, states: scope.states, ...functions(scope) };
    return (await expression.evaluate(undefined, bindings)) as unknown;
  } catch (error) {
    throw new StateFailure(FAILED, `'${field}': ${(error as Error).message}`);
  }
}

/** Functions that Step Functions adds, and the two of JSONata's own that must obey the stack's clock. */
function functions(scope: Scope): Record<string, unknown> {
  return {
    now: () => new Date(scope.now()).toISOString(),
    millis: () => scope.now(),
    uuid: () => randomUUID(),
    parse: (text: string) => JSON.parse(text) as unknown,
    hash: (text: string, algorithm: string) => createHash(hashName(algorithm)).update(text).digest('hex'),
  };
}

/** `SHA-256` is `sha256` to node. */
function hashName(algorithm: string): string {
  return algorithm.replace('-', '').toLowerCase();
}
