/**
 * Caps on whatever moves the version. Someone who knows the password can do each of these only so often, so that the
 * owner's own answer always finds a gap to commit in.
 */
import { hour, minute } from '../platform/clock.ts';
import type { Window } from './user-state.ts';

export const maximumPending = 3;
export const startsPerMinute = 10;
export const sendsPerHour = 5;

/** The window with one more in it, or the milliseconds until there is room. */
export function countIn(window: Window | undefined, now: number, length: number, most: number): Window | { waitFor: number } {
  if (window === undefined || now >= window.at + length) return { at: now, count: 1 };
  if (window.count >= most) return { waitFor: window.at + length - now };
  return { at: window.at, count: window.count + 1 };
}

export const countStart = (window: Window | undefined, now: number): Window | { waitFor: number } =>
  countIn(window, now, minute, startsPerMinute);

export const countSend = (window: Window | undefined, now: number): Window | { waitFor: number } =>
  countIn(window, now, hour, sendsPerHour);

/** How long a push can be approved; a challenge that outlives it can be pushed again. */
export const pushLife = minute;
const pushesPerHour = 5;

/** Whether as many as are allowed were left unanswered, or declined. */
export const arePushesUsedUp = (pushes: Window | undefined): boolean => (pushes?.count ?? 0) >= pushesPerHour;

/** With one more push that nobody has approved yet. An hour without any begins the count anew, so that no hour has more (D19). */
export function countPush(pushes: Window | undefined, now: number): Window | { waitFor: number } {
  if (pushes === undefined || now >= pushes.at + hour) return { at: now, count: 1 };
  if (arePushesUsedUp(pushes)) return { waitFor: pushes.at + hour - now };
  return { at: now, count: pushes.count + 1 };
}
