/** The seam to licenses: what an enrollment, and a reset, keep reserved for the user, and give back. */
import type { UserState } from './user-state.ts';

/** For whoever is enabled by telephone. */
export const reserveForPhone = (state: UserState): UserState => state;

/** Whatever license the user confirms by stays theirs while they set up again. */
export const reserveHeld = (state: UserState, _before: UserState): UserState => state;

/** What was reserved for an enrollment is free again, or is held by the factor that came of it. */
export const releaseReserved = (state: UserState): UserState => state;
