/** Times, numbers and amounts in the reader's own language and time zone. */
const language = (): string => document.documentElement.lang;

export const timeText = (time: string): string => new Date(time).toLocaleString(language(), { dateStyle: 'medium', timeStyle: 'short' });
export const dayText = (time: string): string => new Date(time).toLocaleDateString(language(), { dateStyle: 'medium' });
export const numberText = (value: number): string => value.toLocaleString(language());
export const moneyText = (value: number, currency: string): string => value.toLocaleString(language(), { style: 'currency', currency });

/** `2030-01` as people say it. */
export const monthText = (month: string): string => new Date(`${month}-15T12:00:00Z`).toLocaleDateString(language(), { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** This month and those before it, by UTC as bills are. */
export function monthsBack(now: number, count: number): readonly string[] {
  const date = new Date(now);
  return Array.from({ length: count }, (_, back) => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back, 15)).toISOString().slice(0, 7));
}
