/** A clock that stands still until a test moves it; timers fire in the order in which they were due. */
export interface ManualClock {
  now(): number;
  setTimer(ms: number, fire: () => void): () => void;
  /** Goes there step by step: every timer fires at its own time, and what it starts is given a chance to happen. */
  pass(seconds: number): Promise<void>;
  /** Is there at once, as after POST /api/clock: due timers fire, all of them late. */
  jump(seconds: number): Promise<void>;
  readonly pending: number;
}

const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

export function manualClock(start = Date.parse('2026-11-21T19:00:00Z')): ManualClock {
  let now = start;
  const timers = new Set<{ due: number; fire: () => void }>();

  async function fireDue(until: number, moves: boolean): Promise<void> {
    for (;;) {
      const [next] = [...timers].filter(({ due }) => due <= until).sort((one, other) => one.due - other.due);
      if (!next) return;
      timers.delete(next);
      if (moves) now = Math.max(now, next.due);
      next.fire();
      await breathe();
    }
  }

  return {
    now: () => now,
    setTimer(ms, fire) {
      const timer = { due: now + ms, fire };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async pass(seconds) {
      const until = now + seconds * 1000;
      await breathe();
      await fireDue(until, true);
      now = until;
    },
    async jump(seconds) {
      now += seconds * 1000;
      await fireDue(now, false);
    },
    get pending() {
      return timers.size;
    },
  };
}
