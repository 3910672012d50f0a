/** Time comes in as an argument everywhere; this is the one place that asks the machine for it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The calendar month by UTC, such as `2026-11`: what fees are counted by. */
export const monthOf = (epochMilliseconds: number): string => new Date(epochMilliseconds).toISOString().slice(0, 7);

/** When a month is over: the first moment of the next. */
export function endOfMonth(month: string): number {
  const start = new Date(`${month}-01T00:00:00Z`);
  return Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1);
}

/** RFC 3339 in UTC, to the second: the form of every time in the API. */
export function toTimestamp(epochMilliseconds: number): string {
  return `${new Date(epochMilliseconds).toISOString().slice(0, 19)}Z`;
}
