/** For events of items that have no version of their own, because they go and come again: told apart by when they were. */
import type { Random } from '../platform/random.ts';

const finer = 1000;

/** Grows with time; two in one millisecond hardly ever meet. */
export const momentVersion = (now: number, random: Random): number => now * finer + random.integer(finer);
