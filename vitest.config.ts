import { defineConfig } from 'vitest/config';

const resolve = { conditions: ['@sandpod/source'] };
const ssr = { resolve: { conditions: ['@sandpod/source'] } };

export default defineConfig({
  test: {
    projects: [
      { resolve, ssr, test: { name: 'unit', include: ['packages/*/{src,test}/**/*.test.ts', 'scripts/**/*.test.ts'], exclude: ['**/*.int.test.ts'] } },
      { resolve, ssr, test: { name: 'int', include: ['packages/*/{src,test}/**/*.int.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } },
    ],
  },
});
