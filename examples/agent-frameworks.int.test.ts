import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const names = globSync('{langchain,deepagents,mcp,adk}/*.out.txt', { cwd: import.meta.dirname }).map((name) =>
  name.replace('.out.txt', '.ts'),
);

test.for(names)('%s prints what the docs say', async (name) => {
  const file = join(import.meta.dirname, name);
  const { stdout, stderr } = await run(process.execPath, ['--conditions=@sandpod/source', file]);
  expect(stdout).toBe(readFileSync(file.replace(/\.ts$/, '.out.txt'), 'utf8'));
  expect(stderr).toBe('');
});

test('every example has its output', () => {
  expect(names).toHaveLength(6);
});
