/** What an enrollment, and a reset, keep reserved for the user, and give back; the commit counts it. Orders keep their own. */
import { heldLicenses, isLicenseReserved, releaseLicense, reserveLicense } from './held-licenses.ts';
import { licenseItems } from './license-count.ts';
import type { UserState } from './user-state.ts';

const reserve = (state: UserState, item: 'phone' | 'token'): UserState => (isLicenseReserved(state, item) ? state : reserveLicense(state, item));

/** For whoever is enabled by telephone. */
export const reserveForPhone = (state: UserState): UserState => reserve(state, 'phone');

/** Whatever license the user held before stays theirs while they set up again. */
export const reserveHeld = (state: UserState, before: UserState): UserState => heldLicenses(before).reduce(reserve, state);

/** What was reserved for an enrollment is free again, or is held by the factor that came of it. */
export const releaseReserved = (state: UserState): UserState => licenseItems.reduce<UserState>(releaseLicense, state);
