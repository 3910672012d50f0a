/**
 * One structured line per event, of named fields only. There is no way to log an object: whatever is not a field here
 * cannot reach a log, at any depth. Values are cut and lose their control characters.
 */
export interface LogFields {
  readonly requestId?: string;
  readonly operation?: string;
  readonly clientId?: string;
  readonly problem?: string;
  readonly status?: number;
  readonly outcome?: string;
  readonly challenge?: string;
  readonly leg?: number;
  readonly reason?: string;
  readonly errorName?: string;
  /** Of our own code only: file and line, never a message, which may quote its input. */
  readonly errorAt?: string;
  readonly milliseconds?: number;
  readonly count?: number;
}

type Level = 'info' | 'warn' | 'error';

// eslint-disable-next-line no-control-regex -- control characters are exactly what must not reach a log line
const clean = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ').slice(0, 200);

export function log(level: Level, code: string, fields: LogFields = {}): void {
  const line: Record<string, string | number> = { level, code };
  for (const [name, value] of Object.entries(fields) as [string, string | number | undefined][]) {
    if (value !== undefined) line[name] = typeof value === 'string' ? clean(value) : value;
  }
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** What may be said of an unexpected error: its name and where it came from. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { errorName: typeof error };
  const at = /\(?([^()\s]+:\d+:\d+)\)?$/m.exec(error.stack?.split('\n').slice(1).join('\n') ?? '');
  const cause = error.cause instanceof Error ? ` < ${error.cause.name}` : '';
  return { errorName: error.name + cause, ...(at?.[1] ? { errorAt: at[1].split('/').slice(-2).join('/') } : {}) };
}
