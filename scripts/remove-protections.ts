import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALL_PROTECTIONS } from './protections/all-protections.ts';
import type { Protection } from './protections/protection.ts';
import { writeRecord } from './protections/record.ts';
import { TestRunner } from './protections/test-runner.ts';

// Removes protections, one at a time, and records which test notices it. Usage: node scripts/remove-protections.ts [PART OF A NAME
// OR TEST]… The tests run in a new worktree of HEAD, so commit first.

const ROOT = join(import.meta.dirname, '..');

const parts = process.argv.slice(2);
const chosen = ALL_PROTECTIONS.filter((each) => parts.length === 0 || parts.some((part) => `${each.protects} ${each.test}`.includes(part)));
const worktree = join(mkdtempSync(join(tmpdir(), 'sandpod-removals-')), 'tree');
git('worktree', 'add', '--detach', worktree, 'HEAD');
try {
  execFileSync('npx', ['--yes', 'pnpm@12', 'install', '--frozen-lockfile', '--prefer-offline'], { cwd: worktree, stdio: 'ignore' });
  process.chdir(worktree);
  await using runner = new TestRunner(worktree);
  await runner.prepare();
  for (const [index, protection] of chosen.entries()) console.log(`${index + 1}/${chosen.length} ${await tryRemoval(runner, protection)}`);
} finally {
  process.chdir(ROOT);
  git('worktree', 'remove', '--force', worktree);
  rmSync(join(worktree, '..'), { recursive: true });
}

function git(...argv: readonly string[]): void {
  execFileSync('git', argv, { cwd: ROOT, stdio: 'ignore' });
}

/** Records the result of a removal and returns it as a line of text. */
async function tryRemoval(runner: TestRunner, protection: Protection): Promise<string> {
  const { protects, file } = protection;
  try {
    const failed = await remove(runner, protection);
    writeRecord(ROOT, [{ protects, file, failed, date: new Date().toISOString().slice(0, 10) }]);
    return `${protects}: ${failed ?? 'SURVIVED'}`;
  } catch (error) {
    return `${protects}: NOT TRIED: ${error instanceof Error ? error.message : error}`;
  }
}

/** Removes a protection, runs its tests and restores it. Returns the name of the first test that failed. */
async function remove(runner: TestRunner, protection: Protection): Promise<string | undefined> {
  const source = readFileSync(join(worktree, protection.file), 'utf8');
  try {
    write(runner, { ...protection, source: source.replace(protection.find, () => protection.replace) });
    return await runner.firstFailure(protection);
  } finally {
    write(runner, { ...protection, source });
  }
}

/** Tests run the sources, except that the child processes of the embedded sandbox run the built modules. */
function write(runner: TestRunner, { file, test, source }: Protection & { readonly source: string }): void {
  const path = join(worktree, file);
  const { atime, mtime } = statSync(path);
  writeFileSync(path, source);
  runner.changed(path);
  const [home = ''] = /^packages\/embedded/.exec(file) ?? [];
  if (home !== '' && test.endsWith('.int.test.ts'))
    execFileSync(process.execPath, ['--run', 'build'], { cwd: join(worktree, home), stdio: 'ignore' });
  utimesSync(path, atime, mtime);
}
