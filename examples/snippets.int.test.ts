import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const directory = join(import.meta.dirname, 'snippets');
const names = readdirSync(directory).filter((name) => name.endsWith('.ts'));

test.for(names)('%s prints what the docs say', async (name) => {
  const { stdout, stderr } = await run(process.execPath, [join(directory, name)]);
  expect(stdout).toBe(readFileSync(join(directory, name.replace(/\.ts$/, '.out.txt')), 'utf8'));
  expect(stderr).toBe('');
});
