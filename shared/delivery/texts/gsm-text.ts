/**
 * The alphabet of one-part texts (GSM 03.38): 160 characters, of which some take two. One character outside it makes
 * the whole text UCS-2, with room for 70. We send one part or nothing: each is paid for.
 */

const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extended = new Set('\f^{}\\[~]|€');

export const charactersPerText = 160;
const perPart = 153;
const ucs2PerText = 70;
const ucs2PerPart = 67;

/** Septets; undefined for a text that the alphabet cannot write. */
function septetsOf(text: string): number | undefined {
  let septets = 0;
  for (const character of text) {
    if (basic.has(character)) septets += 1;
    else if (extended.has(character)) septets += 2;
    else return undefined;
  }
  return septets;
}

/** How many parts a carrier makes of a text, and charges for. */
export function partsOf(text: string): number {
  const septets = septetsOf(text);
  if (septets !== undefined) return septets <= charactersPerText ? 1 : Math.ceil(septets / perPart);
  return text.length <= ucs2PerText ? 1 : Math.ceil(text.length / ucs2PerPart);
}

export const fitsOneText = (text: string): boolean => (septetsOf(text) ?? Infinity) <= charactersPerText;

const longestName = 30;
const mostDigits = 4;

/**
 * A name as it may stand in a text: letters of the alphabet, digits, and little else, so that nothing in it becomes a
 * link, a number to call or a second code (A76). Letters with marks that the alphabet lacks lose them.
 */
export function textName(name: string): string {
  const written = Array.from(name.slice(0, 200).normalize('NFC'))
    .map((character) => (basic.has(character) ? character : character.normalize('NFKD').replace(/\p{M}/gu, '')))
    .join('');
  const plain = written.replace(/[^A-Za-z0-9ÄÅÆÉÑÖØÜßàäåæèéìñòöøùüÇ&' -]/g, ' ');
  const isNumber = plain.replace(/\D/g, '').length > mostDigits;
  const short = (isNumber ? plain.replace(/\d/g, ' ') : plain).replace(/ {2,}/g, ' ').trim().slice(0, longestName).trim();
  return /[A-Za-z0-9]/.test(short) ? short : 'Countersign';
}
