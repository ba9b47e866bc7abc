/** `pnpm conformance [--write]`: runs the conformance suites on all three back ends and prints the results side by side. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConformanceReport } from '@sandpod/testkit';
import { renderConformance } from './conformance/render-conformance.ts';

const BACKENDS = ['embedded', 'docker', 'kubernetes'];

const root = join(import.meta.dirname, '..');
const directory = mkdtempSync(join(tmpdir(), 'sandpod-conformance-'));
try {
  const files = BACKENDS.map((name) => `packages/${name}/test/conformance`);
  const { status } = spawnSync(join(root, 'node_modules/.bin/vitest'), ['run', '--project', 'int', ...files], {
    cwd: root,
    env: { ...process.env, SANDPOD_CONFORMANCE_DIR: directory, SANDPOD_TEST_ALL: 'true' },
    stdio: ['ignore', 2, 2],
  });
  const reports = readdirSync(directory).map((name) => JSON.parse(readFileSync(join(directory, name), 'utf8')) as ConformanceReport);
  const order = ['embedded', 'docker', 'pod'];
  const page = renderConformance(
    reports.toSorted((left, right) => order.indexOf(left.name) - order.indexOf(right.name)),
    `${new Date().toISOString().slice(0, 10)}.`,
  );
  if (process.argv.includes('--write')) writeFileSync(join(root, 'docs/conformance.md'), page);
  else console.log(page);
  process.exitCode = status ?? 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
