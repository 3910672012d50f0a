/** Looks again and again while a page waits: often while somebody is being reached, seldom otherwise, never while nobody watches. */
const [often, seldom] = [1500, 10_000];

export interface Looking {
  start(): void;
  stop(): void;
  hurry(isWaiting: boolean): void;
}

/** One look at a time. A look that fails is not told: the next one may succeed, and what the person does says what is wrong. */
export function keepLooking(look: () => Promise<void>): Looking {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOn = false;
  let pause = seldom;

  const next = (): void => {
    clearTimeout(timer);
    if (isOn) timer = setTimeout(() => void once(), pause);
  };
  async function once(): Promise<void> {
    if (!document.hidden) await look().catch(() => undefined);
    next();
  }
  document.addEventListener('visibilitychange', () => {
    if (isOn && !document.hidden) void once();
  });
  return {
    start: () => {
      isOn = true;
      next();
    },
    stop: () => {
      isOn = false;
      clearTimeout(timer);
    },
    hurry: (isWaiting) => {
      const wanted = isWaiting ? often : seldom;
      if (wanted === pause) return;
      pause = wanted;
      next();
    },
  };
}
