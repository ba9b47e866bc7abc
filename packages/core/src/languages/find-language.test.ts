import { describe, expect, it } from 'vitest';
import { BUILTIN_LANGUAGES } from './builtin-languages.ts';
import { findLanguage } from './find-language.ts';

describe('findLanguage', () => {
  it.each([
    ['python', 'python'],
    [' Python\t', 'python'],
    ['python3', 'python'],
    ['python3.11', 'python'],
    ['Python3.12.1\r', 'python'],
    ['py3', 'python'],
    ['py3.9', 'python'],
    ['ipython', 'python'],
    ['ipython3', 'python'],
    ['\u00a0JS\n', 'javascript'],
    ['cjs', 'javascript'],
    ['zsh', undefined],
    ['python2', undefined],
    ['python2.7', undefined],
    ['python 3', undefined],
    ['3.11', undefined],
    ['', undefined],
    [' ', undefined],
    ['__proto__', undefined],
  ])('%j is %s', (name, id) => {
    expect(findLanguage(BUILTIN_LANGUAGES, name)?.id).toBe(id);
  });

  it('prefers the name as it was given', () => {
    const languages = [
      { id: 'lua5', aliases: [] },
      { id: 'lua5.4', aliases: ['Lua-New'] },
    ];
    expect(findLanguage(languages, 'Lua5.4')?.id).toBe('lua5.4');
    expect(findLanguage(languages, 'lua5.3')?.id).toBe('lua5');
    expect(findLanguage(languages, 'lua-new')?.id).toBe('lua5.4');
  });

  it('takes linear time for a hostile name', () => {
    const start = performance.now();
    expect(findLanguage(BUILTIN_LANGUAGES, `${'1.1'.repeat(100_000)}x`)).toBeUndefined();
    expect(findLanguage(BUILTIN_LANGUAGES, `${'1.'.repeat(100_000)}`)).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
