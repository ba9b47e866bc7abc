import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { ConformanceFirst } from './scripts/report/conformance-first.ts';
import { unmetNeeds } from './scripts/report/needs.ts';

const resolve = { conditions: ['@sandpod/source'] };
const ssr = { resolve };

// Hundreds of processes that tests start load the same sources: this halves what each of them computes.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/compile');

// As the build does: otherwise every sandbox would compile the additions to Python's library.
execFileSync(process.execPath, ['--conditions=@sandpod/source', join(import.meta.dirname, 'packages/embedded/src/python/compile-main.ts')]);

const unmet = await unmetNeeds();
const untested = unmet.map(({ name, missing }) => `not tested: ${name}: ${missing}`);

const config: ViteUserConfig = defineConfig({
  test: {
    // Most integration tests wait for a platform and leave the processor idle.
    maxWorkers: 2,
    sequence: { sequencer: ConformanceFirst },
    reporters: ['default', ['./scripts/report/report-totals.ts', { untested }]],
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: 'unit',
          // Unit tests touch nothing outside their own values, so that files can share a process and its loaded modules.
          isolate: false,
          include: ['{packages,apps}/*/{src,test}/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.{int,alone}.test.ts'],
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'int',
          include: ['{packages,apps}/*/{src,test}/**/*.int.test.ts', '{examples,scripts}/**/*.int.test.ts'],
          exclude: ['**/node_modules/**', ...unmet.flatMap(({ tests }) => tests)],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          // What disturbs all others never runs beside them.
          name: 'alone',
          sequence: { groupOrder: 1 },
          include: ['packages/*/test/**/*.alone.test.ts'],
          exclude: ['**/node_modules/**', ...unmet.flatMap(({ tests }) => tests)],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});

export default config;
