import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Starts or stops the cluster and the Docker daemon that tests use. */
const [word = '', ...rest] = process.argv.slice(2);

if (word !== 'up' && word !== 'down') {
  console.error('Usage: pnpm testbed up|down [--purge]');
  process.exitCode = 2;
} else {
  const { status } = spawnSync('bash', [join(import.meta.dirname, '../testbed', word), ...rest], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
