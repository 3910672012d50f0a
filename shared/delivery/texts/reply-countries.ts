/**
 * Countries in which a text can be replied to at all. A stage names, of these, the ones in which it has a number; the
 * methods that take a reply are offered there and nowhere else. Whoever has a number in a country that is not here adds
 * it, with where it is written.
 */

/** "Supported countries and regions for SMS messaging", AWS End User Messaging SMS User Guide, as of 2026-11-21. */
const current = ['US', 'CA', 'GB', 'CR', 'DO', 'CM'];

/**
 * The same table as it was public in the SNS Developer Guide's sources (2022-10), for which no newer row was at hand;
 * those that the current table no longer has (Argentina, Switzerland, Turkey, Vietnam) are left out.
 */
const earlier =
  'AU AT BH BE BR CL HR CZ DK EE FI FR DE GT HN HK HU IN ID IE IL IT JP LV LT MY MX NL NZ NO PH PL PT PR RO SG SK SI ZA KR ES SE TW TH UA'.split(' ');

export const replyCountries: ReadonlySet<string> = new Set([...current, ...earlier]);

/** Whether somebody with a number in this country can reply, given where the stage has numbers of its own. */
export const canReceiveReplies = (country: string, repliesFrom: readonly string[]): boolean =>
  repliesFrom.includes(country) && replyCountries.has(country);
