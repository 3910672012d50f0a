/** Whether a file is an SVG drawing and nothing else: only elements that draw, no handler, and no address but of its own parts. */

const drawing = new Set(
  ('svg g defs symbol use title desc metadata style switch path rect circle ellipse line polyline polygon text tspan textPath ' +
    'linearGradient radialGradient stop pattern clipPath mask marker filter feBlend feColorMatrix feComponentTransfer feComposite ' +
    'feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feOffset feDropShadow').split(' '),
);

/** Parts that repeat parts double with every level: a few lines would draw for hours. */
const mostUses = 12;

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Without what says nothing: the declaration and comments. Neither may hide anything, so both are refused where they are not plain. */
function withoutProlog(text: string): string {
  return text
    .replace(/^\s*<\?xml version="1\.[01]"( encoding="utf-8")?( standalone="(yes|no)")?\s*\?>/i, '')
    .replace(/<!--(?:(?!--)[^])*-->/g, '')
    .trim();
}

/** A little of what follows each mark: enough to see where it leads, so that no text takes long to judge (A106). */
const parts = (text: string, mark: RegExp): string[] => [...text.matchAll(mark)].map(({ 0: found, index }) => text.slice(index + found.length, index + found.length + 40));

/** Only `#part` of the same drawing: nothing is fetched, and nothing is run by an address. */
const hasForeignAddress = (text: string): boolean =>
  parts(text, /href/gi).some((after) => !/^\s*=\s*["']\s*#/.test(after)) ||
  parts(text, /url\(/gi).some((after) => !/^\s*["']?\s*#/.test(after)) ||
  /@import|image-set|expression\s*\(|javascript:|data:/i.test(text);

export function isPlainDrawing(bytes: Uint8Array): boolean {
  const text = decode(bytes);
  // eslint-disable-next-line no-control-regex -- no text of a drawing has any
  if (text === undefined || /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text)) return false;
  const body = withoutProlog(text);
  // Document types, sections and instructions: whatever is left that is no element.
  if (!/^<svg[\s>]/.test(body) || !/<\/svg>$/.test(body) || /<[!?]/.test(body) || !body.includes('http://www.w3.org/2000/svg')) return false;
  const names = [...body.matchAll(/<\/?([^\s/>]*)/g)].map(([, name = '']) => name);
  if (!names.every((name) => drawing.has(name)) || names.filter((name) => name === 'use').length > 2 * mostUses) return false;
  // Written with references, an address could be anything; and colors need none.
  return !/[\s"'/]on[a-z]+\s*=/i.test(body) && !/&#|\\/.test(body) && !hasForeignAddress(body);
}
