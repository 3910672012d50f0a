/**
 * Who holds a license follows from the user's state alone, so no decision knows of licenses: whatever changes a state
 * counts them in the same transaction (license-writes.ts), and the count cannot drift (I8).
 */
import type { Factor } from './factor.ts';
import { licenseItems, type LicenseItem, type LicenseReservation } from './license-count.ts';
import type { UserState } from './user-state.ts';

export type LicenseHolder = Pick<UserState, 'factors' | 'licenses'>;

/** By which license a factor confirms, where it needs one. */
function itemOf({ kind }: Factor): LicenseItem | undefined {
  if (kind === 'phone' || kind === 'app') return 'phone';
  return kind === 'token' ? 'token' : undefined;
}

export const isLicenseReserved = ({ licenses = [] }: LicenseHolder, item: LicenseItem): boolean =>
  licenses.includes(item) || licenses.includes(`ordered-${item}`);

const hasFactor = ({ factors }: LicenseHolder, item: LicenseItem, isProving: boolean): boolean =>
  factors.some((factor) => itemOf(factor) === item && (factor.status === 'proving') === isProving);

/** A factor that nobody confirmed yet holds none; one that is switched off still does. */
export const holdsLicense = (state: LicenseHolder, item: LicenseItem): boolean => isLicenseReserved(state, item) || hasFactor(state, item, false);

/** Somebody is setting up what will need one. */
export const wantsLicense = (state: LicenseHolder, item: LicenseItem): boolean => !holdsLicense(state, item) && hasFactor(state, item, true);

export const heldLicenses = (state: LicenseHolder): readonly LicenseItem[] => licenseItems.filter((item) => holdsLicense(state, item));

/** Kept for the user from this change on: put it into the decision's `next`, and the commit refuses with `no-license` where none is free. */
export function reserveLicense(state: UserState, reservation: LicenseReservation): UserState {
  const { licenses = [] } = state;
  return licenses.includes(reservation) ? state : { ...state, licenses: [...licenses, reservation] };
}

/** Given back by the commit, unless the user confirms by it, or holds it for another reason. */
export function releaseLicense(state: UserState, reservation: LicenseReservation): UserState {
  const { licenses = [], ...rest } = state;
  const kept = licenses.filter((each) => each !== reservation);
  return kept.length === 0 ? rest : { ...rest, licenses: kept };
}
