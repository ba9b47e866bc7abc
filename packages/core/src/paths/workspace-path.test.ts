import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../errors/error-codes.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import { parseCodeFileName, parseWorkspacePath, resolveInWorkspace } from './workspace-path.ts';

function errorOf(run: () => unknown): SandpodError {
  try {
    run();
  } catch (error) {
    if (SandpodError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('expected an error');
}

const OUTSIDE: readonly string[] = [
  '/',
  '/abs',
  '/workspace/a.txt',
  '//a',
  'C:\\x',
  'C:/x',
  'c:\\',
  '\\\\server\\share',
  '\\\\?\\C:\\x',
  '..',
  '../x',
  'a/..',
  'a/../b',
  'a/../../b',
  './..',
  'a/./../b',
  '..//x',
  '/proc/self/fd/7',
  '/dev/null',
];

const INVALID: readonly string[] = [
  '',
  '.',
  './',
  './/.',
  'a/',
  'a/.',
  'a//',
  'a\\..\\b',
  'a\\b',
  '\\a',
  '..\\x',
  'a\0b',
  '\0',
  'a\ud800b',
  '\udc00',
  `${'a/'.repeat(2100)}b`,
  'x'.repeat(256),
  `a/${'é'.repeat(128)}`,
];

const KEPT: readonly string[] = [
  'a.txt',
  'a/b.txt',
  '.hidden',
  'a b',
  ' a ',
  '-rf',
  '--help',
  "it's",
  '"quoted"',
  '$(id)',
  '`id`',
  '*',
  'a\nb',
  'a\tb',
  'a\rb',
  '...',
  '..a',
  'a..',
  'a/...',
  '日本/ファイル',
  '😀',
  'a:b.py',
  '~',
  '~root',
  'con',
  'x'.repeat(255),
  'é'.repeat(127),
  '%2e%2e',
  '\u2024\u2024',
  '\u202e',
];

describe('parseWorkspacePath', () => {
  it.each(KEPT)('keeps %j as is', (name) => {
    expect(parseWorkspacePath(name)).toBe(name);
  });

  it.each([
    ['./a', 'a'],
    ['a//b', 'a/b'],
    ['a/./b', 'a/b'],
    ['.//a///./b', 'a/b'],
  ])('normalizes %j to %j', (name, normal) => {
    expect(parseWorkspacePath(name)).toBe(normal);
  });

  it.each(OUTSIDE)('refuses %j because it is outside the workspace', (name) => {
    expect(errorOf(() => parseWorkspacePath(name)).code).toBe<ErrorCode>('path-outside-workspace');
  });

  it.each(INVALID)('refuses %j as invalid', (name) => {
    expect(errorOf(() => parseWorkspacePath(name)).code).toBe<ErrorCode>('invalid-path');
  });

  it('accepts a path of up to 4096 bytes', () => {
    const longest = `${'abc/'.repeat(1023)}abcd`;
    expect(parseWorkspacePath(longest)).toHaveLength(4096);
    expect(errorOf(() => parseWorkspacePath(`${longest}e`)).code).toBe('invalid-path');
  });

  it('refuses values that are not strings', () => {
    for (const value of [undefined, null, 3, {}, ['a']])
      expect(errorOf(() => parseWorkspacePath(value as never)).code).toBe('invalid-path');
  });

  it('shows what was expected and what was given, truncated and on one line', () => {
    expect(errorOf(() => parseWorkspacePath('../x\n')).message).toBe(
      'path: expected a path inside the workspace, without "..", given "../x\\n".',
    );
    expect(errorOf(() => parseWorkspacePath('/abs', 'files.0.path')).message).toBe(
      'files.0.path: expected a path relative to the workspace, given "/abs".',
    );
    expect(errorOf(() => parseWorkspacePath('x'.repeat(100_000))).message.length).toBeLessThan(250);
  });
});

describe('resolveInWorkspace', () => {
  it.each([
    ['/workspace', 'a/b.txt', '/workspace/a/b.txt'],
    ['/workspace/', './a', '/workspace/a'],
    ['/', 'a', '/a'],
  ])('joins %j and %j', (workspace, path, joined) => {
    expect(resolveInWorkspace({ workspace, path })).toBe(joined);
  });

  it.each([...OUTSIDE, ...INVALID])('refuses %j', (path) => {
    expect(() => resolveInWorkspace({ workspace: '/workspace', path })).toThrow(SandpodError);
  });
});

describe('parseCodeFileName', () => {
  it.each([
    ['test.py', 'test.py'],
    ['sub/a.py', 'sub/a.py'],
    ['/workspace/a.py', 'a.py'],
    ['/workspace//sub/./a.py', 'sub/a.py'],
    ['a b.py', 'a b.py'],
    ['$(id).py', '$(id).py'],
    ['<a.py>', '<a.py>'],
    ['a:b.py', 'a:b.py'],
    ['a.py # note', 'a.py # note'],
    ['sub/-a.py', 'sub/-a.py'],
  ])('reads %j as %j', (name, path) => {
    expect(parseCodeFileName(name, '/workspace')).toBe(path);
  });

  it('works with a workspace that ends with a slash, and with the root', () => {
    expect(parseCodeFileName('/workspace/a.py', '/workspace/')).toBe('a.py');
    expect(parseCodeFileName('/a.py', '/')).toBe('a.py');
  });

  it.each([
    '/tmp/test.py',
    '../x.py',
    '../../x.py',
    '/workspace2/a.py',
    '/workspace/../x.py',
    '/workspace/sub/../../x.py',
    '/',
    '//workspace/a.py',
  ])('refuses %j because it is outside the workspace', (name) => {
    expect(errorOf(() => parseCodeFileName(name, '/workspace')).code).toBe('path-outside-workspace');
  });

  it.each([
    '',
    '.',
    '/workspace/',
    '/workspace/.',
    'a/',
    '-c',
    '-m',
    './-c',
    '/workspace/-c',
    'a\nb.py',
    'a\tb',
    'a\u001b[2J',
    'a\u0085b',
    'a\0',
  ])('refuses %j as invalid', (name) => {
    expect(errorOf(() => parseCodeFileName(name, '/workspace')).code).toBe('invalid-path');
  });
});
