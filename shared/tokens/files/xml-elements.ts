/**
 * XML as a stream of the elements below its root, each a small tree. No document type, so no entities but the five of
 * XML itself (XXE and billion laughs end here), no more depth or text than a token needs.
 */
import { SaxesParser } from 'saxes';
import { Problem } from '../../platform/problems/problem.ts';

export interface Element {
  /** Without its prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

interface OpenElement extends Element {
  readonly children: Element[];
  text: string;
}

const slice = 16 * 1024;
const mostDepth = 16;
/** Of one element below the root, everything in it. */
const mostText = 32 * 1024;
const mostElements = 200;

const refuse = (): Problem => new Problem('request-invalid', { detail: 'The file is not well-formed XML without a document type.' });

interface Root {
  readonly name: string;
  readonly namespace: string;
}

/** Yields each element below the root once it is closed; `check` sees the root first. */
export function* readElements(text: string, check: (root: Root) => void): Generator<Element> {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const path: OpenElement[] = [];
  let complete: Element[] = [];
  let [size, count] = [0, 0];
  const addText = (piece: string): void => {
    const top = path.at(-1);
    size += piece.length;
    if (size > mostText) throw refuse();
    if (top && path.length > 1) top.text += piece;
  };
  parser.on('doctype', () => {
    throw refuse();
  });
  parser.on('error', () => {
    throw refuse();
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    if (path.length === 0) check({ name: local, namespace: uri });
    if (path.length === 1) [size, count] = [0, 0];
    count += 1;
    if (path.length >= mostDepth || count > mostElements) throw refuse();
    const named = Object.values(attributes).map(({ local: name, value }) => [name, value] as const);
    path.push({ name: local, attributes: Object.fromEntries(named), children: [], text: '' });
    addText(named.map(([, value]) => value).join(''));
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const closed = path.pop();
    if (!closed) return;
    if (path.length === 1) complete.push(closed);
    else path.at(-1)?.children.push(closed);
  });
  for (let start = 0; start < text.length; start += slice) {
    parser.write(text.slice(start, start + slice));
    yield* complete;
    complete = [];
  }
  parser.close();
  yield* complete;
}

/** The first element of this path. */
export function find(element: Element | undefined, ...names: readonly string[]): Element | undefined {
  return names.reduce<Element | undefined>((at, name) => at?.children.find((child) => child.name === name), element);
}

export const textOf = (element: Element | undefined): string | undefined => element?.text.trim();
