import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { newestMs } from './newest-ms.ts';

/** The packages, each after those that it depends on. */
const PACKAGES = ['core', 'launcher', 'kernel', 'testkit', 'embedded', 'docker', 'kubernetes', 'sandpod', 'agents', 'cli'];
/** What a build of a package depends on, where it exists. */
const SOURCES = ['src', 'build', 'licenses', 'package.json'];

/**
 * Builds the packages, unless they are current. Programs that tests start run the built modules, as those of users do; they start faster, too.
 */
export function buildForTests(root: string): void {
  const directories = PACKAGES.map((name) => join(root, 'packages', name));
  const first = directories.findIndex((directory) => sourceMs(directory) > newestMs(join(directory, 'dist'), '.js'));
  if (first < 0) return;
  for (const cwd of directories.slice(first)) execFileSync(process.execPath, ['--run', 'build'], { cwd, stdio: 'inherit' });
}

/** The demo writes to `dist` too, but no modules. */
function sourceMs(directory: string): number {
  return Math.max(...SOURCES.map((name) => newestMs(join(directory, name))));
}
