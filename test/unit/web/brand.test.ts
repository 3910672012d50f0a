import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, readableBrand, shownLogo } from '../../../web/design/brand.ts';

const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
const papersOf = { light: ['#ffffff', '#f4f6f9'], dark: ['#18212b', '#0f151c'] } as const;

describe('readableBrand', () => {
  it('knows the contrast of black and white, and of a color with itself', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#1f5fae', '#1f5fae')).toBe(1);
  });

  it('gives every organization a color that reads on the page, and words that read on it, by day and by night', () => {
    fc.assert(
      fc.property(color, fc.constantFrom('light' as const, 'dark' as const), (asked, scheme) => {
        const { brand, ink } = readableBrand(asked, scheme);
        for (const paper of papersOf[scheme]) expect(contrast(brand, paper)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(brand, ink)).toBeGreaterThanOrEqual(4.5);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves a color alone that reads already', () => {
    expect(readableBrand('#7A1F5C', 'light').brand).toBe('#7a1f5c');
  });
});

describe('shownLogo', () => {
  it('shows images in data of their own, and nothing else that an organization could be made to hold', () => {
    expect(shownLogo('data:image/png;base64,AAAA')).toBe('data:image/png;base64,AAAA');
    for (const logo of [undefined, 'https://example.com/a.png', 'data:text/html;base64,AAAA', 'data:image/svg+xml,<svg/>', 'javascript:alert(1)']) {
      expect(shownLogo(logo)).toBeUndefined();
    }
  });
});
