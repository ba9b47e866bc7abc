import { existsSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { expect, test } from 'vitest';
import { rootDirectory } from './root-directory.ts';

test.each([
  ['/usr/bin/node', '/', posix],
  ['C:\\Program Files\\nodejs\\node.exe', 'C:\\', win32],
  ['\\\\server\\share\\node.exe', '\\\\server\\share\\', win32],
])('the root of %j is %j', (file, expected, path) => {
  expect(rootDirectory(file, path)).toBe(expected);
});

test('the root of the running Node exists', () => {
  expect(existsSync(rootDirectory(process.execPath))).toBe(true);
});
