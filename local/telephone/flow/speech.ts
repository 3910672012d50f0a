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

/** Undefined where the text is not well-formed SSML: a real call would take the error branch without a word. */
export function readSsml(ssml: string): Speech | undefined {
  const open: string[] = [];
  let words = '';
  let pauses = 0;
  let end = 0;
  let roots = 0;
  for (const match of ssml.trim().matchAll(token)) {
    const between = ssml.trim().slice(end, match.index);
    if (open.length === 0 && between.trim() !== '') return undefined;
    words += between;
    end = match.index + match[0].length;
    const [, closing, element, attributes, selfClosing, named] = match;
    if (named !== undefined) {
      const decoded = decodeEntity(named);
      if (decoded === undefined || open.length === 0) return undefined;
      words += decoded;
    } else if (element === undefined) {
      return undefined; // a bare < or &
    } else if (closing) {
      if (open.pop() !== element) return undefined;
    } else {
      if (open.length === 0 && (element !== 'speak' || ++roots > 1)) return undefined;
      if (element === 'break') pauses += breakMilliseconds(attributes ?? '');
      words += ' ';
      if (!selfClosing) open.push(element);
    }
  }
  if (roots !== 1 || open.length > 0 || ssml.trim().slice(end) !== '') return undefined;
  return speech(words, pauses);
}
