import { join } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { buildForTests } from './scripts/build-for-tests.ts';
import { ConformanceFirst } from './scripts/report/conformance-first.ts';
import { unmetNeeds } from './scripts/report/needs.ts';

/** The module that tells where a child process of the embedded sandbox finds its code. */
const alias = [
  { find: /^\.\/package-base\.ts$/, replacement: join(import.meta.dirname, 'packages/embedded/test/fixtures/built-package-base.ts') },
];
const resolve = { conditions: ['@sandpod/source'] };
const ssr = { resolve };

// Hundreds of processes that tests start load the same sources: this halves what each of them computes.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/compile');

buildForTests(import.meta.dirname);

// The reporter names each test that needs its second attempt, and counts them as failed if they are more than a few.
const retry = process.env['CI'] === 'true' ? 1 : 0;

const unmet = await unmetNeeds();
const untested = unmet.map(({ name, missing }) => `not tested: ${name}: ${missing}`);

const config: ViteUserConfig = defineConfig({
  test: {
    // A file of integration tests uses about 70 % of a processor and waits the rest of its time, so two processors run three files.
    maxWorkers: 3,
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
          alias,
          include: ['{packages,apps}/*/{src,test}/**/*.int.test.ts', '{examples,scripts}/**/*.int.test.ts'],
          exclude: ['**/node_modules/**', ...unmet.flatMap(({ tests }) => tests)],
          retry,
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
          retry,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});

export default config;
