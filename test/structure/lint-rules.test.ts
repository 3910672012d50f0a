import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { house } from './lint-rules.mjs';

function complaints(rule: string, most: number, code: string): string[] {
  const config = { plugins: { house }, rules: { [`house/${rule}`]: ['error', most] } } satisfies Linter.Config;
  return new Linter().verify(code, config).map(({ message }) => message);
}

const lines = (count: number): string => Array.from({ length: count }, (_, index) => `  use(${index});`).join('\n');

describe('house/function-lines', () => {
  it('measures a function by its own lines', () => {
    expect(complaints('function-lines', 5, `function short() {\n${lines(3)}\n}`)).toEqual([]);
    expect(complaints('function-lines', 5, `function long() {\n${lines(4)}\n}`)).toEqual(['This function has 6 lines of its own; at most 5.']);
  });

  it('does not count what is inside another function, and measures that by itself', () => {
    expect(complaints('function-lines', 5, `function outer() {\n  function one() {\n${lines(3)}\n  }\n  const two = () => {\n${lines(3)}\n  };\n}`)).toEqual([]);
    expect(complaints('function-lines', 5, `function outer() {\n  const inner = () => {\n${lines(4)}\n  };\n}`)).toHaveLength(1);
  });
});

describe('house/function-branches', () => {
  it('counts the ways through a function', () => {
    const code = 'function pick(a, b) { if (a && b) return 1; for (const each of b) { if (each) return 2; } return a ? 3 : 4; }';

    expect(complaints('function-branches', 6, code)).toEqual([]);
    expect(complaints('function-branches', 5, code)).toEqual(['This function has 6 paths; at most 5.']);
  });

  it('does not count what is no choice of the reader, nor what is inside another function', () => {
    const code = 'function read(a, b = 1) { return [a?.x ?? b, () => a || b]; }';

    expect(complaints('function-branches', 2, code)).toEqual([]);
    expect(complaints('function-branches', 1, code)).toHaveLength(1);
  });
});
