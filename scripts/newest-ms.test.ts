import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { newestMs } from './newest-ms.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandpod-newest-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('a folder without modules, such as one that the demo has written, counts as never built', () => {
  mkdirSync(join(folder, 'dist/prepared'), { recursive: true });
  writeFileSync(join(folder, 'dist/prepared/library.bin'), '');
  expect(newestMs(join(folder, 'dist'))).toBeGreaterThan(0);
  expect(newestMs(join(folder, 'dist'), '.js')).toBe(0);
  expect(newestMs(join(folder, 'missing'), '.js')).toBe(0);
  writeFileSync(join(folder, 'dist/prepared/index.js'), '');
  utimesSync(join(folder, 'dist/prepared/index.js'), 100, 100);
  expect(newestMs(join(folder, 'dist'), '.js')).toBe(100_000);
});
