/** The time of one call. It runs from event to event, and stands still for nobody. */

export interface ClockDependencies {
  now(): number;
  setTimer(ms: number, fire: () => void): () => void;
}

export interface LineTime {
  now(): number;
  /** Somebody did something: the call's time is the clock's again. */
  catchUp(): void;
  /** What waited for a function went on by as much as the clock did. */
  passed(since: number, ms: number): void;
  /** Runs something `ms` of the call's time from now; returns how to cancel it. */
  after(ms: number, fire: () => void): () => void;
  clear(): void;
}

/**
 * Each timer starts where the one before it was due, not where the clock happened to be when it fired: a clock moved an
 * hour ahead plays the whole call as it would have gone, and not one step of it.
 */
export function startLineTime(deps: ClockDependencies): LineTime {
  let at = deps.now();
  const timers = new Set<() => void>();

  function after(ms: number, fire: () => void): () => void {
    const due = at + ms;
    const stop = deps.setTimer(Math.max(0, due - deps.now()), () => {
      timers.delete(cancel);
      at = due;
      fire();
    });
    const cancel = () => {
      timers.delete(cancel);
      stop();
    };
    timers.add(cancel);
    return cancel;
  }

  return {
    now: () => at,
    catchUp: () => {
      at = deps.now();
    },
    passed: (since, ms) => {
      at = Math.max(at, since + ms);
    },
    after,
    clear: () => {
      for (const cancel of [...timers]) cancel();
    },
  };
}
