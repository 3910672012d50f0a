/** The stack's clock: this machine's time plus one offset that the whole stack shares, and timers that obey it. */
import { readJson, writeJson } from './json-file.ts';

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Moves the time forward; timers that are due by then fire at once, in the order they were due. */
  advance(seconds: number): void;
  /** Ends the head start that `behindSeconds` gave: from here on it is this machine's time, or later. */
  catchUp(): void;
  /** Fires once, `milliseconds` of this clock from now. Answers what cancels it. */
  setTimer(milliseconds: number, fire: () => void): () => void;
  /** One BigInt64 of milliseconds. Worker threads read it, so they need no message when the clock moves. */
  readonly offset: SharedArrayBuffer;
  /** Drops every timer. */
  stop(): void;
}

interface Timer {
  readonly dueAt: number;
  readonly fire: () => void;
}

/** setTimeout takes no more than 31 bits. */
const LONGEST_WAIT = 2 ** 31 - 1;

/**
 * Makes a clock; with a file, the offset outlives the process. A new one may begin in the past, so that what is done
 * first (a call to prove the demo's number) is not a moment ago for whoever signs in next.
 */
export function createClock(file?: string, behindSeconds = 0): Clock {
  const offset = new SharedArrayBuffer(8);
  const view = new BigInt64Array(offset);
  const kept = file === undefined ? undefined : readJson<{ offsetMilliseconds: number }>(file);
  Atomics.store(view, 0, BigInt(kept?.offsetMilliseconds ?? -1000 * behindSeconds));
  const now = (): number => Date.now() + Number(Atomics.load(view, 0));
  const timers = createTimers(now);

  const advance = (seconds: number): void => {
    if (!Number.isFinite(seconds) || seconds < 0) throw new RangeError('The clock only moves forward.');
    Atomics.add(view, 0, BigInt(Math.round(seconds * 1000)));
    if (file !== undefined) writeJson(file, { offsetMilliseconds: Number(Atomics.load(view, 0)) });
    timers.fireDue();
  };

  return {
    now,
    offset,
    advance,
    catchUp: () => {
      advance(Math.max(0, -Number(Atomics.load(view, 0)) / 1000));
    },
    setTimer: timers.set,
    stop: timers.stop,
  };
}

/** All timers behind one setTimeout, which is set again whenever the earliest of them changes. */
function createTimers(now: () => number) {
  const timers = new Set<Timer>();
  let armed: NodeJS.Timeout | undefined;

  function arm(): void {
    clearTimeout(armed);
    let earliest = Infinity;
    for (const timer of timers) earliest = Math.min(earliest, timer.dueAt);
    if (earliest === Infinity) return;
    armed = setTimeout(fireDue, Math.min(Math.max(0, earliest - now()), LONGEST_WAIT));
  }

  function fireDue(): void {
    const time = now();
    const due = [...timers].filter((timer) => timer.dueAt <= time).sort((one, other) => one.dueAt - other.dueAt);
    for (const timer of due) {
      // An earlier one of this round may have cancelled it.
      if (timers.delete(timer)) timer.fire();
    }
    arm();
  }

  return {
    fireDue,
    set(milliseconds: number, fire: () => void): () => void {
      const timer = { dueAt: now() + Math.max(0, milliseconds), fire };
      timers.add(timer);
      arm();
      return () => {
        if (timers.delete(timer)) arm();
      };
    },
    stop(): void {
      timers.clear();
      clearTimeout(armed);
    },
  };
}
