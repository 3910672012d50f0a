/** How long a challenge can be answered (D2). */
import { minute } from '../platform/clock.ts';

export const challengeLife = 5 * minute;
/** A call rings up to five times, and setting up takes its time. */
export const longChallengeLife = 10 * minute;
