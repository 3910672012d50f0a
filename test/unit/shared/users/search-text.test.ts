import { describe, expect, it } from 'vitest';
import { foldText, matchesTerms, searchTerms, searchTexts } from '../../../../shared/users/search-text.ts';

const texts = (displayName: string, userId = 'u-1', email = 'x@example.com') => searchTexts({ displayName, userId, email });
const isFound = (displayName: string, query: string) => matchesTerms(texts(displayName), searchTerms(query));

describe('search texts', () => {
  it.each([
    ['Jos\u00e9 \u00c1lvarez', 'JOSE'],
    ['Jose\u0301 Alvarez', 'jos\u00e9'],
    ['\u0141ukasz S\u00f8rensen', 'lukasz sorensen'],
    ['Gro\u00df', 'gross'],
    ['\uff21\uff4e\uff4e\uff41', 'anna'],
    ["Anne-Marie O'Brien", 'marie'],
    ["Anne-Marie O'Brien", "o'br anne-m"],
    ['\u039f\u0394\u03a5\u03a3\u03a3\u0395\u03a5\u03a3', '\u03bf\u03b4\u03c5\u03c3\u03c3\u03b5\u03c5\u03c3'],
    ['\u5c71\u7530\u592a\u90ce', '\u5c71\u7530'],
  ])('find %s by %s', (name, query) => {
    expect(isFound(name, query)).toBe(true);
  });

  it('find nothing by the middle of a word, nor by one part when another fits nothing', () => {
    expect(isFound('Anna Smith', 'mith')).toBe(false);
    expect(isFound('Anna Smith', 'anna jones')).toBe(false);
  });

  it('are six at most: of a long name its first three words and its last, the address and the id', () => {
    expect(texts('One Two Three Four Five Six')).toEqual([
      'one two three four five six', 'two three four five six', 'three four five six', 'six', 'x@example.com', 'u-1',
    ]);
    expect(texts('\u{1f600} !')).toEqual(['x@example.com', 'u-1']);
  });

  it('are never longer than a key of the table allows, whatever a sign unfolds to', () => {
    expect(foldText('\ufdfa'.repeat(100))).toHaveLength(100);
  });
});
