import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALL_PROTECTIONS } from './all-protections.ts';
import type { Protection } from './protection.ts';
import { writeRecord } from './record.ts';

// Removes protections, one at a time, and records which test notices it. Usage: node scripts/protections/remove-protections.ts [PART OF A NAME
// OR TEST]… The tests run in a new worktree of HEAD, so commit first.

const ROOT = join(import.meta.dirname, '../..');
const [NODE, VITEST] = [process.execPath, 'node_modules/vitest/vitest.mjs'];
const TEST_MS = 600_000;

interface TestReport {
  readonly testResults: readonly {
    readonly message?: string;
    readonly assertionResults: readonly { fullName: string; status: string }[];
  }[];
}

const parts = process.argv.slice(2);
const chosen = ALL_PROTECTIONS.filter((each) => parts.length === 0 || parts.some((part) => `${each.protects} ${each.test}`.includes(part)));
const worktree = join(mkdtempSync(join(tmpdir(), 'sandpod-removals-')), 'tree');
git('worktree', 'add', '--detach', worktree, 'HEAD');
try {
  execFileSync('npx', ['--yes', 'pnpm@12', 'install', '--frozen-lockfile', '--prefer-offline'], { cwd: worktree, stdio: 'ignore' });
  for (const [index, protection] of chosen.entries()) console.log(`${index + 1}/${chosen.length} ${tryRemoval(protection)}`);
} finally {
  git('worktree', 'remove', '--force', worktree);
  rmSync(join(worktree, '..'), { recursive: true });
}

function git(...argv: readonly string[]): void {
  execFileSync('git', argv, { cwd: ROOT, stdio: 'ignore' });
}

/** Records the result of a removal and returns it as a line of text. */
function tryRemoval(protection: Protection): string {
  const { protects, file } = protection;
  try {
    const failed = remove(protection);
    writeRecord(ROOT, [{ protects, file, failed, date: new Date().toISOString().slice(0, 10) }]);
    return `${protects}: ${failed ?? 'SURVIVED'}`;
  } catch (error) {
    return `${protects}: NOT TRIED: ${error instanceof Error ? error.message : error}`;
  }
}

/** Removes a protection, runs its tests and restores it. Returns the name of the first test that failed. */
function remove(protection: Protection): string | undefined {
  const path = join(worktree, protection.file);
  const source = readFileSync(path, 'utf8');
  const { atime, mtime } = statSync(path);
  writeFileSync(
    path,
    source.replace(protection.find, () => protection.replace),
  );
  // The tests run the sources, except in the child processes of the embedded sandbox. With the earlier time, nothing is built.
  if (!isBuilt(protection)) utimesSync(path, atime, mtime);
  try {
    return runTests(protection);
  } finally {
    writeFileSync(path, source);
    if (!isBuilt(protection)) utimesSync(path, atime, mtime);
  }
}

function isBuilt({ file, test }: Protection): boolean {
  return test.endsWith('.int.test.ts') && file.startsWith('packages/embedded/src/host/');
}

/** @throws {Error} if the tests did not run. */
function runTests({ test, name }: Protection): string | undefined {
  const output = join(worktree, 'report.json');
  const project = test.endsWith('.int.test.ts') ? 'int' : 'unit';
  const argv = [VITEST, 'run', '--project', project, '--reporter=json', `--outputFile=${output}`, ...(name ? ['-t', name] : []), test];
  const { stderr } = spawnSync(NODE, argv, { cwd: worktree, timeout: TEST_MS, encoding: 'utf8' });
  let report: TestReport;
  try {
    report = JSON.parse(readFileSync(output, 'utf8'));
    rmSync(output);
  } catch {
    throw new Error(`The tests in ${test} did not run: ${stderr.slice(-2_000)}`);
  }
  const [suite] = report.testResults;
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  if (!tests.some(({ status }) => status === 'passed' || status === 'failed'))
    throw new Error(`No test of ${test} ran: ${suite?.message ?? 'none has this name'}`);
  return tests.find(({ status }) => status === 'failed')?.fullName;
}
