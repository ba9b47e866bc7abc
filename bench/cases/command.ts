/** Measures `sandpod run` of a one-line program as a new process, and the start of bare Node, alternately. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRuns, report } from '../report/report.ts';

const COMMAND = join(import.meta.dirname, '../../packages/cli/dist/main.js');

const folder = mkdtempSync(join(tmpdir(), 'sandpod-bench-'));
const program = join(folder, 'one.py');
writeFileSync(program, 'print(1)\n');
const samples = { run: [] as number[], bareNode: [] as number[] };
for (let count = 0; count < readRuns(); count += 1) {
  samples.bareNode.push(timed(['-e', '0'], ''));
  samples.run.push(timed([COMMAND, 'run', '--quiet', program], '1\n'));
}
rmSync(folder, { recursive: true });
report(samples);

function timed(args: readonly string[], expected: string): number {
  const startedMs = performance.now();
  const output = execFileSync(process.execPath, args, { encoding: 'utf8' });
  const durationMs = performance.now() - startedMs;
  if (output !== expected) throw new Error(`expected ${JSON.stringify(expected)}, got ${JSON.stringify(output)}`);
  return durationMs;
}
