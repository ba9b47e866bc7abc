import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { newestMs } from './newest-ms.ts';

/**
 * Builds the packages, unless they are current. Programs that tests start run the built modules, as those of users do; they start faster, too.
 */
export function buildForTests(root: string): void {
  const packages = join(root, 'packages');
  const isCurrent = (name: string): boolean => newestMs(join(packages, name, 'src')) <= newestMs(join(packages, name, 'dist'));
  if (readdirSync(packages).every(isCurrent)) return;
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };
  execFileSync(join(root, 'node_modules/.bin/turbo'), ['run', 'build', '--filter=./packages/*', '--output-logs=errors-only'], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
}
