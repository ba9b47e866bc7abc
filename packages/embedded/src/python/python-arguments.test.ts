import { describe, expect, it } from 'vitest';
import { absoluteScript, findScript } from './python-arguments.ts';

describe('findScript', () => {
  it.each([
    [['x.py', 'a'], 0],
    [['-u', '-W', 'ignore', 'x.py'], 3],
    [['-Wignore', '-Xutf8', 'x.py'], 2],
    [['-X', 'dev', '--', '-x.py'], 3],
    [['--check-hash-based-pycs', 'always', 'x.py'], 2],
    [['-c', 'x.py'], undefined],
    [['-Bc', 'code', 'x.py'], undefined],
    [['-m', 'x', 'y.py'], undefined],
    [['-', 'x.py'], undefined],
    [['--version'], undefined],
    [['--'], undefined],
    [[], undefined],
  ])('%j gives %s', (args, expected) => {
    expect(findScript(args)).toBe(expected);
  });
});

describe('absoluteScript', () => {
  it.each([
    ['x.py', '/w', '/w/x.py'],
    ['./a/x.py', '/w', '/w/a/x.py'],
    ['../x.py', '/w', '/w/../x.py'],
    ['/x.py', '/w', '/x.py'],
    ['x.py', '/', '/x.py'],
  ])('%s in %s is %s', (script, cwd, expected) => {
    expect(absoluteScript(['-u', script, 'x.py'], cwd)).toEqual({ args: ['-u', expected, 'x.py'], script });
  });
});
