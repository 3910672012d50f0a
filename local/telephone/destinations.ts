/** Where the telephone may dial: Amazon Connect refuses every country that the instance has not been given. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

import { ConnectError } from './connect-error.ts';

/** What new instances are given in North America and in Europe, together. Anything else is a support case. */
const allowedCountries = new Set(['US', 'CA', 'MX', 'PR', 'GB', 'IE', 'FR', 'IT']);

/** Prefixes that stay shut inside an allowed country until a quota request opens them: British mobiles. */
const shutPrefixes = ['+447'];

const e164 = /^\+[1-9]\d{6,14}$/;

export function isE164(value: string): boolean {
  return e164.test(value);
}

/** Refuses what the service would refuse to dial. */
export function checkDestination(number: string): void {
  if (!isE164(number)) {
    throw new ConnectError('InvalidParameterException', 'DestinationPhoneNumber must be an E.164 number.');
  }
  const country = parsePhoneNumberFromString(number)?.country;
  const isShut = shutPrefixes.some((prefix) => number.startsWith(prefix));
  if (isShut || country === undefined || !allowedCountries.has(country)) {
    throw new ConnectError(
      'DestinationNotAllowedException',
      `Outbound calls to ${country ?? 'this number'} are not allowed on this instance.`,
    );
  }
}
