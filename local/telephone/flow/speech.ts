/** What a prompt sounds like: SSML becomes the words a person hears and the time it takes to say them. */

/** Unhurried synthetic speech: about 150 words a minute. */
const millisecondsPerCharacter = 65;
const maximumCharacters = 3000;

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** A tag with its attributes, an entity, or a sign that may stand for neither. */
const tag = /<(\/?)([a-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/;
const entity = /&(#\d+|#x[0-9a-f]+|\w+);/;
const token = new RegExp(`${tag.source}|${entity.source}|[<&]`, 'gi');

export interface Speech {
  readonly words: string;
  readonly milliseconds: number;
}

function decodeEntity(name: string): string | undefined {
  if (!name.startsWith('#')) return entities[name];
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

function breakMilliseconds(attributes: string): number {
  const time = /time\s*=\s*["'](\d+(?:\.\d+)?)(ms|s)["']/.exec(attributes);
  return time ? Number(time[1]) * (time[2] === 's' ? 1000 : 1) : 400;
}

function speech(words: string, pauses: number): Speech | undefined {
  const spoken = words.replace(/\s+/g, ' ').trim();
  if (spoken.length > maximumCharacters) return undefined;
  return { words: spoken, milliseconds: Math.round(spoken.length * millisecondsPerCharacter + pauses) };
}

/** Plain text is read as it stands. */
export function readText(text: string): Speech | undefined {
  return speech(text, 0);
}

interface Reading {
  readonly open: string[];
  words: string;
  pauses: number;
  roots: number;
}

/** Takes one tag, entity or bare sign; false where it cannot stand. */
function readToken(reading: Reading, match: RegExpExecArray): boolean {
  const [, closing, element, attributes = '', selfClosing, named] = match;
  const isInside = reading.open.length > 0;
  if (named !== undefined) {
    const decoded = isInside ? decodeEntity(named) : undefined;
    reading.words += decoded ?? '';
    return decoded !== undefined;
  }
  if (element === undefined) return false;
  if (closing === '/') return reading.open.pop() === element;
  if (!isInside) reading.roots += 1;
  if (!isInside && (element !== 'speak' || reading.roots > 1)) return false;
  if (element === 'break') reading.pauses += breakMilliseconds(attributes);
  reading.words += ' ';
  if (selfClosing !== '/') reading.open.push(element);
  return true;
}

/** Undefined where the text is not well-formed SSML: a real call would take the error branch without a word. */
export function readSsml(ssml: string): Speech | undefined {
  const text = ssml.trim();
  const reading: Reading = { open: [], words: '', pauses: 0, roots: 0 };
  let end = 0;
  for (const match of text.matchAll(token)) {
    const between = text.slice(end, match.index);
    if (reading.open.length === 0 && between.trim() !== '') return undefined;
    reading.words += between;
    end = match.index + match[0].length;
    if (!readToken(reading, match)) return undefined;
  }
  const isWhole = reading.roots === 1 && reading.open.length === 0 && end === text.length;
  return isWhole ? speech(reading.words, reading.pauses) : undefined;
}
