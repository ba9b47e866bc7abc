import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

/** Runs every example of these folders in a separate process; its output must equal its `.out.txt`. */
export function testExamples(folders: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  for (const folder of folders) {
    const outputs = globSync(`${folder}/*.out.txt`, { cwd: import.meta.dirname });
    test(`${folder} has examples`, () => expect(outputs).not.toEqual([]));
    for (const output of outputs) test(`${output.replace('.out.txt', '')} prints what the docs say`, () => compare(output, env));
  }
}

async function compare(output: string, env: Readonly<Record<string, string>>): Promise<void> {
  const file = join(import.meta.dirname, output);
  const options = { env: { ...process.env, ...env } };
  const { stdout, stderr } = await run(process.execPath, [file.replace('.out.txt', '.ts')], options);
  expect(stdout).toBe(readFileSync(file, 'utf8'));
  expect(stderr).toBe('');
}
