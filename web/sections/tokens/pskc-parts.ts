/**
 * Cuts a PSKC container between its key packages; what stands before the first one (the keys to open them with) goes with every part.
 * It looks for tags only, never into them: comments and CDATA, where a tag is no tag, are passed over.
 */
import { FileFault, type FilePart, type Limits, type Piece } from './file-part.ts';

const packageStart = /<!--|<!\[CDATA\[|<((?:[\w.-]+:)?)KeyPackage[\s>/]/g;
const comment = { '<!--': '-->', '<![CDATA[': ']]>' } as const;
/** Longer than any honest package, or what stands before the first. */
const longestPackage = 256 * 1024;

interface Found {
  readonly at: number;
  readonly prefix: string;
}

/** Where the next tag of this kind begins that is not commented out; or undefined while that cannot be said yet. */
function findTag(text: string, pattern: RegExp, from: number): Found | undefined {
  pattern.lastIndex = from;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const end = comment[match[0] as keyof typeof comment] as string | undefined;
    if (end === undefined) return { at: match.index, prefix: match[1] ?? '' };
    const closed = text.indexOf(end, match.index + match[0].length);
    if (closed < 0) return undefined;
    pattern.lastIndex = closed + end.length;
  }
  return undefined;
}

/** The head of the container first, then each package. */
async function* packagesOf(pieces: AsyncIterable<Piece>): AsyncGenerator<{ readonly text: string; readonly prefix: string; readonly read: number }> {
  let [rest, prefix, isHead] = ['', '', true];
  let packageEnd = packageStart;
  for await (const { text, read } of pieces) {
    rest += text;
    for (;;) {
      const found = findTag(rest, isHead ? packageStart : packageEnd, 0);
      if (!found) break;
      if (isHead) {
        prefix = found.prefix;
        packageEnd = new RegExp(`<!--|<!\\[CDATA\\[|</${prefix}KeyPackage\\s*>`, 'g');
        yield { text: rest.slice(0, found.at), prefix, read };
        rest = rest.slice(found.at);
        isHead = false;
        continue;
      }
      const end = rest.indexOf('>', found.at) + 1;
      yield { text: rest.slice(0, end), prefix, read };
      rest = rest.slice(end);
    }
    if (rest.length > longestPackage) throw new FileFault('row-too-long');
  }
  // What is left closes the container, or is broken off within a package.
  if (isHead) throw new FileFault(rest.trim() === '' ? 'empty' : 'unreadable');
  if (new RegExp(`<${prefix}KeyPackage[\\s>]`).test(rest)) throw new FileFault('unreadable');
}

export async function* cutPskc(pieces: AsyncIterable<Piece>, { rows: mostRows, characters }: Limits): AsyncGenerator<FilePart> {
  let head: string | undefined;
  let packages: string[] = [];
  let [size, before, reached, tail] = [0, 0, 0, ''];
  const part = (): FilePart => ({ content: `${head ?? ''}${packages.join('')}${tail}`, rowsBefore: before, rows: packages.length, read: reached });
  for await (const { text, prefix, read } of packagesOf(pieces)) {
    if (head === undefined) {
      head = text.replace(/^\uFEFF/, '');
      tail = `</${prefix}KeyContainer>`;
      continue;
    }
    if (packages.length === mostRows || (packages.length > 0 && head.length + size + text.length > characters)) {
      yield part();
      before += packages.length;
      [packages, size] = [[], 0];
    }
    packages.push(text);
    size += text.length;
    reached = read;
  }
  if (packages.length > 0) yield part();
}
