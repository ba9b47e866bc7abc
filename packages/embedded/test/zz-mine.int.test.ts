import { defineSandboxSuite } from '@sandpod/testkit/vitest';
import { type EmbeddedSandbox, EmbeddedSandboxProvider } from '../src/index.ts';

await defineSandboxSuite({
  name: 'embedded',
  timeScale: 2,
  large: true,
  factory: ({ limits }) =>
    new EmbeddedSandboxProvider({
      limits:
        limits === undefined
          ? undefined
          : { ...limits, ...(limits.memoryBytes ? { memoryBytes: Math.max(limits.memoryBytes, 64 * 2 ** 20) } : {}) },
    }),
  destroy: async (sandbox) => {
    process.kill((sandbox as EmbeddedSandbox).processId ?? 0, 'SIGKILL');
  },
});
