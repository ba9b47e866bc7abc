import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The packages whose built modules the child processes of the embedded sandbox run, in the order of their dependencies. */
const PACKAGES = ['core', 'embedded'];

/** Builds what the child processes of tests run, unless it is current. */
export function buildForTests(root: string): void {
  for (const name of PACKAGES) {
    const directory = join(root, 'packages', name);
    const isCurrent = newestMs(join(directory, 'src')) <= modifiedMs(join(directory, 'dist/index.js'));
    if (!isCurrent) execFileSync(process.execPath, ['--run', 'build'], { cwd: directory, stdio: 'inherit' });
  }
}

function modifiedMs(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function newestMs(directory: string): number {
  return Math.max(...readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((name) => modifiedMs(join(directory, name))));
}
