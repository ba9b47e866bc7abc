import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { newestMs } from './newest-ms.ts';

/** The packages whose built modules the child processes of the embedded sandbox run, in the order of their dependencies. */
const PACKAGES = ['core', 'embedded'];

/** Builds what the child processes of tests run, unless it is current. */
export function buildForTests(root: string): void {
  for (const name of PACKAGES) {
    const directory = join(root, 'packages', name);
    const isCurrent = newestMs(join(directory, 'src')) <= newestMs(join(directory, 'dist/index.js'));
    if (!isCurrent) execFileSync(process.execPath, ['--run', 'build'], { cwd: directory, stdio: 'inherit' });
  }
}
