import { describe, expect, it } from 'vitest';
import { readLogo, writeLogo } from '../../../../../shared/organizations/brand/read-logo.ts';
import { drawing, png, webp } from '../../../../support/logos.ts';

const uri = (type: string, content: string | Uint8Array): string => `data:${type};base64,${Buffer.from(content).toString('base64')}`;
const svg = (inside: string, attributes = ''): string => uri('image/svg+xml', drawing(inside, attributes));

describe('readLogo', () => {
  it.each([
    uri('image/png', png(64, 32)),
    uri('image/webp', webp(64, 32)),
    svg('<path d="M0 0h8v8z" fill="#1f5fae"/>'),
    svg('<defs><linearGradient id="a"><stop offset="0" stop-color="red"/></linearGradient></defs><rect fill="url(#a)"/><use href="#b"/>'),
    svg('<!-- made by hand --><style>.a{fill:#fff}</style><g class="a"><title>R&amp;D</title></g>'),
    uri('image/svg+xml', `<?xml version="1.0" encoding="UTF-8"?>\n${drawing('')}`),
  ])('keeps an image as it came (%#)', (logo) => {
    expect(writeLogo(readLogo(logo))).toBe(logo);
  });

  it.each([
    ['no data URI', 'https://example.com/logo.png'],
    ['another type', uri('text/html', '<b>')],
    ['an SVG that says it is a PNG', uri('image/png', drawing(''))],
    ['a PNG that says it is a WebP', uri('image/webp', png(8, 8))],
    ['half an image', uri('image/png', png(8, 8).subarray(0, 20))],
    ['more than 32 KiB', uri('image/png', Buffer.concat([png(8, 8), Buffer.alloc(32 * 1024)]))],
    ['pixels that would unfold to gigabytes', uri('image/png', png(60_000, 60_000))],
    ['no pixels', uri('image/webp', webp(0, 8))],
  ])('refuses %s', (_what, logo) => {
    expect(() => readLogo(logo)).toThrow('request-invalid');
  });

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a script by another case or prefix', '<SCRIPT/><svg:script/>'],
    ['a handler', '<rect onload="alert(1)"/>'],
    ['a handler after a slash', '<rect/onload=alert(1) />'],
    ['other markup', '<foreignObject><p>x</p></foreignObject>'],
    ['an image', '<image href="https://example.com/x.png"/>'],
    ['an address outside', '<use href="https://example.com/x.svg#a"/>'],
    ['an address by another name', "<use xlink:href='data:image/svg+xml,x'/>"],
    ['an address without quotes', '<use href=//example.com />'],
    ['an address in a style', '<rect style="fill:url( //example.com/a )"/>'],
    ['an import', '<style>@import "//example.com/a.css";</style>'],
    ['an address made of references', '<use href="&#104;ttps://example.com"/>'],
    ['an animation', '<a href="#"><animate attributeName="href" to="javascript:alert(1)"/></a>'],
    ['a section that is not read', '<![CDATA[<script/>]]>'],
    ['a comment that hides its end', '<!-- -- --><rect/>'],
    ['a drawing that repeats itself for hours', '<use href="#a"/>'.repeat(30)],
  ])('refuses a drawing with %s', (_what, inside) => {
    expect(() => readLogo(svg(inside))).toThrow('request-invalid');
  });

  it.each([
    ['a document type', `<!DOCTYPE svg [<!ENTITY a "b">]>${drawing('')}`],
    ['an instruction', `<?xml-stylesheet href="//example.com/a.css"?>${drawing('')}`],
    ['another encoding', `<?xml version="1.0" encoding="utf-7"?>${drawing('')}`],
    ['something after it', `${drawing('')}<script/>`],
    ['no name of its own', '<svg></svg>'],
    ['bytes that are no text', Buffer.concat([Buffer.from(drawing('')), Buffer.from([0xff])])],
  ])('refuses a file with %s', (_what, content) => {
    expect(() => readLogo(uri('image/svg+xml', content))).toThrow('request-invalid');
  });
});

describe('a drawing that is made to be slow', () => {
  it.each(['url(', 'href', 'href="', 'url(\''])('judges a drawing of nothing but "%s" and blanks in time (A106)', (mark) => {
    const before = performance.now();

    expect(() => readLogo(svg(`<title>${mark}${' '.repeat(15_000)}</title>`.repeat(1)))).toThrow('request-invalid');
    expect(performance.now() - before).toBeLessThan(2000);
  });
});
