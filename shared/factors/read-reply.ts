/**
 * What a person's text says, whatever else is in it: stop, help, "that was not me", digits, or nothing. One text is one
 * answer at most, so that nobody can try several codes at the price of one.
 */

export type Reply =
  | { readonly says: 'stop' | 'help' | 'fraud' | 'nothing' }
  /** Every digit of the text, in its order. */
  | { readonly says: 'digits'; readonly digits: string };

/** Two texts' worth; nothing that long answers a question of ours. */
const longest = 320;

/** The words that end all texts, as AWS and the carriers know them, and in our languages. They reach us where we manage them. */
const stopWords = new Set(
  'ARRET ARRETER CANCEL END OPT-OUT OPTOUT QUIT REMOVE STOP STOPALL TD UNSUBSCRIBE ALTO BAJA CANCELAR PARAR FIN'.split(' '),
);
const helpWords = new Set('HELP INFO AIDE AYUDA'.split(' '));
const fraudWords = new Set('NO NON FRAUD FRAUDE'.split(' '));

/** Full-width forms become plain, marks and control characters go: STOP. and ｓｔｏｐ are the same word. */
const plain = (text: string): string =>
  text
    .slice(0, longest)
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toUpperCase();

export function readReply(text: string): Reply {
  if (text.length > longest) return { says: 'nothing' };
  const written = plain(text);
  const digits = written.replace(/[^0-9]/g, '');
  const [word = ''] = written.replace(/[^A-Z0-9 \n\r\t-]/g, '').trim().split(/\s+/);
  if (stopWords.has(word)) return { says: 'stop' };
  if (helpWords.has(word)) return { says: 'help' };
  // "NO 482913" may be a refusal, and may be "no. 482913": it approves nothing and accuses nobody.
  if (fraudWords.has(word)) return { says: digits === '' ? 'fraud' : 'nothing' };
  return digits === '' ? { says: 'nothing' } : { says: 'digits', digits };
}
