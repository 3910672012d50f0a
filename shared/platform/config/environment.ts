/** The one place that reads the environment. Each door asks for its own names and gets all of them, or one error. */
import type { EnvironmentName } from '../../contract/functions.ts';

export function readEnvironment<Name extends EnvironmentName>(names: readonly Name[]): Record<Name, string> {
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length > 0) throw new Error(`missing in the environment: ${missing.join(', ')}`);
  return Object.fromEntries(names.map((name) => [name, process.env[name]])) as Record<Name, string>;
}

/** For what a stage may be without, such as telephony. */
export function readOptional(name: EnvironmentName): string | undefined {
  return process.env[name] || undefined;
}
