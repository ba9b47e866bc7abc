import { matchesGlob } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SandpodError } from '../errors/sandpod-error.ts';
import { compileGlobs } from './glob.ts';

describe('compileGlobs', () => {
  it.each([
    ['a.txt', ['a.txt'], ['b.txt', 'A.txt', 'a.txt/b', 'x/a.txt', 'aXtxt']],
    ['*.txt', ['a.txt', '.txt', 'a.b.txt'], ['a/b.txt', 'a.txt2', 'a.TXT']],
    ['*', ['a', '.hidden'], ['a/b']],
    ['out/*', ['out/a', 'out/.a'], ['out', 'out/a/b', 'output/a']],
    ['out/', ['out/a', 'out/a/b'], ['out', 'output/a']],
    ['./out/*.png', ['out/a.png'], ['a.png']],
    ['**', ['a', 'a/b', 'a/b/c'], []],
    ['**/*.txt', ['a.txt', 'a/b.txt', 'a/b/c.txt'], ['a.txtx', 'a/b.png']],
    ['a/**', ['a/b', 'a/b/c'], ['a', 'ab/c']],
    ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['ab', 'a/xb', 'a/b/c']],
    ['a/**/**/b', ['a/b', 'a/x/b'], ['a/c']],
    ['a**b', ['ab', 'axxb'], ['a/b']],
    ['***', ['abc'], ['a/b']],
    ['a?c', ['abc', 'a😀c', 'aéc'], ['ac', 'a/c', 'abbc']],
    ['[abc].txt', ['a.txt', 'c.txt'], ['d.txt', 'ab.txt']],
    ['[a-cx]', ['a', 'b', 'x'], ['d', '-']],
    ['[!a-c]', ['d', '😀'], ['a', '/', '']],
    ['[^a]', ['b'], ['a']],
    ['[]a]', [']', 'a'], ['b']],
    ['[!]]', ['a'], [']']],
    ['[a-]', ['a', '-'], ['b']],
    ['[\\]]', [']'], ['\\']],
    ['x[!a]y', ['xby'], ['x/y', 'xay']],
    ['[.-0]', ['.', '0'], ['/']],
    ['*.{png,jpg}', ['a.png', 'a.jpg'], ['a.gif', 'a.png,jpg']],
    ['{a,b/c}/d', ['a/d', 'b/c/d'], ['c/d']],
    ['{a,{b,c}d}e', ['ae', 'bde', 'cde'], ['be']],
    ['a{,b}', ['a', 'ab'], ['b']],
    ['{**/x,y/**}', ['x', 'a/x', 'y/z'], ['z', 'y']],
    ['a,b', ['a,b'], ['a', 'b']],
    ['a}b', ['a}b'], ['ab']],
    ['\\*', ['*'], ['a']],
    ['\\{a,b\\}', ['{a,b}'], ['a']],
    ['(a|b)+.$^', ['(a|b)+.$^'], ['a']],
    ['日本/*', ['日本/あ'], ['日本']],
  ])('%s', (pattern, matching, others) => {
    const matches = compileGlobs([pattern]);
    for (const path of matching) expect([path, matches(path)]).toEqual([path, true]);
    for (const path of others) expect([path, matches(path)]).toEqual([path, false]);
  });

  it('matches if one of several patterns matches, and never without patterns', () => {
    const matches = compileGlobs(['*.png', 'out/**']);
    expect(['a.png', 'out/x', 'a.txt'].map(matches)).toEqual([true, true, false]);
    expect(compileGlobs([])('a')).toBe(false);
  });

  it.each([
    '',
    './',
    '/abs',
    '../x',
    'a/../b',
    '!a',
    '[',
    '[a',
    '[]',
    '[!',
    '[z-a]',
    '[[:alpha:]]',
    '{a',
    '{a,b',
    '{a}',
    '{}',
    'a\\',
    '[a\\',
  ])('refuses %j', (pattern) => {
    expect(() => compileGlobs(['ok', pattern])).toThrow(SandpodError);
    expect(() => compileGlobs([pattern])).toThrow(/^glob: expected .*\.$/);
  });

  it('refuses patterns that are too long', () => {
    expect(() => compileGlobs(['a'.repeat(257)])).toThrow(/at most 256 characters, given 257 characters/);
    expect(() => compileGlobs(Array.from({ length: 9 }, () => 'a'.repeat(250)))).toThrow(
      /at most 2048 characters in all patterns together, given 2250/,
    );
    expect(compileGlobs([`${'{a,'.repeat(63)}b${'}'.repeat(63)}`])('a')).toBe(true);
  });

  it('agrees with the standard library on simple patterns', () => {
    const pieces = ['a', 'b', '/', '*', '**', '?', '[ab]', '.'];
    const paths = ['a', 'b', 'ab', 'ba', 'a/b', 'a/a/b', 'b/ab/a', 'a.b', 'aa/b.a/ab'];
    let state = 9;
    const next = (below: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    for (let round = 0; round < 2000; round += 1) {
      const pattern = Array.from({ length: 1 + next(5) }, () => pieces[next(pieces.length)]).join('');
      // Skips patterns for which the two differ on purpose, and patterns that match no normal path.
      if (/^\/|\/$|\/\/|(^|\/)\.\.?(\/|$)|\*\*\*/.test(pattern)) continue;
      const matches = compileGlobs([pattern]);
      for (const path of paths) expect([pattern, path, matches(path)]).toEqual([pattern, path, matchesGlob(path, pattern)]);
    }
  });

  it.each([
    ['stars', '*a'.repeat(128), 'a'.repeat(4000)],
    ['directories', `${'**/a/'.repeat(51)}b`, 'a/'.repeat(2000)],
    ['alternatives', `${'{a,*}'.repeat(42)}b`, 'a'.repeat(4000)],
    ['nested alternatives', `${'{*,?'.repeat(51)}${'}'.repeat(51)}b`, 'a'.repeat(4000)],
  ])('takes time proportional to the lengths for %s', (_, pattern, path) => {
    const matches = compileGlobs([pattern]);
    const start = performance.now();
    expect(matches(`${path}!`)).toBe(false);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
