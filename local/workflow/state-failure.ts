/** A failed state, as Step Functions names failures: an error and its cause, which Retry and Catch match. */
export class StateFailure extends Error {
  readonly error: string;
  readonly reason: string;

  constructor(error: string, reason: string) {
    super(`${error}: ${reason}`);
    this.error = error;
    this.reason = reason;
  }
}

/** Wraps what a state threw. Whatever is no StateFailure is a fault of this engine and named as Step Functions does. */
export function asFailure(thrown: unknown): StateFailure {
  if (thrown instanceof StateFailure) return thrown;
  return new StateFailure('States.Runtime', thrown instanceof Error ? thrown.message : String(thrown));
}

/** Neither of these is caught by a wildcard. */
const uncatchable = ['States.Runtime', 'States.DataLimitExceeded'];

/** Whether one of a Retry's or Catch's `ErrorEquals` names this failure. */
export function matches(names: readonly string[], failure: StateFailure): boolean {
  if (names.includes(failure.error)) return true;
  if (uncatchable.includes(failure.error)) return false;
  if (names.includes('States.ALL')) return true;
  return names.includes('States.TaskFailed') && failure.error !== 'States.Timeout';
}
