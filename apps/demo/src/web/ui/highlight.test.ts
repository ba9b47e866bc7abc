import { describe, expect, it } from 'vitest';
import { highlight, type Token } from './highlight.ts';

const textOf = (tokens: readonly Token[]): string =>
  tokens.map((token) => (typeof token === 'string' ? token : textOf(token.children))).join('');

const SAMPLES = {
  python: '# hi\ndef f(x: int = 1) -> str:\n    """doc"""\n    return f"{x!r} <b>" # end',
  javascript: 'const a = `x ${1 + 2}`; /* <script> */ class B extends C {}',
  typescript: 'type A<T> = T extends string ? 1 : 2; // x',
  bash: 'for i in *; do echo "$i" > /dev/null; done',
  json: '{"a": [1, true, null, "x"]}',
} as const;

describe('highlight', () => {
  it('never loses or changes a character', () => {
    for (const [language, code] of Object.entries(SAMPLES)) expect(textOf(highlight(code, language))).toBe(code);
  });

  it('highlights known languages', () => {
    for (const [language, code] of Object.entries(SAMPLES))
      expect(highlight(code, language).some((token) => typeof token !== 'string')).toBe(true);
  });

  it.each(['a', '1e', "'", '{', 'a:', '"', '(', '`'])('takes limited time for many %s', (piece) => {
    const code = `${piece.repeat(Math.floor(300 / piece.length))}\n`.repeat(96);
    const startMs = performance.now();
    expect(textOf(highlight(code, 'typescript'))).toBe(code);
    expect(performance.now() - startMs).toBeLessThan(4_000);
  });

  it('leaves unknown languages and very long code plain', () => {
    expect(highlight('a b', 'cobol')).toEqual(['a b']);
    const long = 'x = 1\n'.repeat(20_000);
    expect(highlight(long, 'python')).toEqual([long]);
    const word = 'a'.repeat(10_000);
    expect(highlight(word, 'typescript')).toEqual([word]);
  });
});
