import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Records the output of this machine's Python and Node for the programs in `python.json` and `javascript.json`:
//   node scripts/record-differential.ts
// A program with `lacks` must fail in the sandbox with an error that contains that text. Its output is not recorded.

interface Program {
  readonly code: string;
  readonly lacks?: string;
  output?: string;
}

const interpreters = { python: ['/usr/bin/python3', '-W', 'ignore', 'driver.py'], javascript: [process.execPath, 'driver.cjs'] };
const folder = join(import.meta.dirname, '../packages/embedded/test/differential');
const env = { PATH: process.env['PATH'], HOME: '/root', LANG: 'C.UTF-8', TZ: 'UTC' };

for (const [language, [program = '', ...args]] of Object.entries(interpreters)) {
  const file = join(folder, `${language}.json`);
  const programs = JSON.parse(readFileSync(file, 'utf8')) as Program[];
  const recorded = programs.filter(({ lacks }) => lacks === undefined);
  const input = JSON.stringify(recorded.map(({ code }) => code));
  const run = spawnSync(program, args, { cwd: folder, env, input, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`Expected ${program} to run the programs, got: ${run.stderr}`);
  const printed = JSON.parse(run.stdout) as string[];
  for (const [index, each] of recorded.entries()) each.output = printed[index] ?? '';
  writeFileSync(file, `${JSON.stringify(programs, null, 1)}\n`);
  console.log(`${language}: ${recorded.length} programs recorded, ${programs.length - recorded.length} must fail`);
}
