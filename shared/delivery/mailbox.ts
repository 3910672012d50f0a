/** A name beside an address, as a mail's header wants it (RFC 5322 §3.4, RFC 2047): SES takes plain ASCII there. */

/** So many bytes of text make an encoded word of at most 75 characters (RFC 2047 §2). */
const bytesPerWord = 45;

/** Cut between characters: a word that ends within one would be read as rubbish. */
function encodedWords(name: string): string {
  const parts: string[] = [''];
  for (const character of Array.from(name)) {
    const last = parts.at(-1) ?? '';
    if (Buffer.byteLength(last + character) > bytesPerWord) parts.push(character);
    else parts[parts.length - 1] = last + character;
  }
  return parts.map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`).join(' ');
}

export function mailboxOf(name: string, address: string): string {
  if (name === '') return address;
  const written = /^[A-Za-z0-9 '&,-]+$/.test(name) ? `"${name}"` : encodedWords(name);
  return `${written} <${address}>`;
}
