import { expect, test } from 'vitest';
import { splitGuestPath } from './local-path.ts';

test.each([
  ['moves.txt', ['moves.txt']],
  ['plots/2026/été 日本.png', ['plots', '2026', 'été 日本.png']],
  ['-rf', ['-rf']],
])('%j is used', (path, names) => {
  expect(splitGuestPath(path, 'linux')).toEqual(names);
});

test.each([
  '',
  '/',
  '/etc/passwd',
  '..',
  '../x',
  'a/../../x',
  'a//b',
  './x',
  'a/',
  '.bashrc',
  '.git/hooks/pre-commit',
  'a/.ssh/key',
  'a\0b',
  'a\nb',
  'a\u001b[2J',
  'a\u009bb',
  'a\ud800',
  'report\u202egnp.exe',
  'a\u200b.txt',
  'a\u3164.txt',
  'a\u2028b',
  '\u{e0041}',
])('%j is rejected with a reason', (path) => {
  expect(splitGuestPath(path, 'linux')).toEqual(expect.any(String));
});

test.each(['C:\\x', 'a\\..\\b', 'a:stream', 'NUL', 'con.txt', 'x.', 'x ', 'a?b'])('%j is rejected on Windows only', (path) => {
  expect(splitGuestPath(path, 'win32')).toEqual(expect.any(String));
  expect(splitGuestPath(path, 'linux')).toEqual([path]);
});
