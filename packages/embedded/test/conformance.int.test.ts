import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CrashClient } from '@sandpod/testkit';
import { defineSandboxSuite, exceptThemes, vitestRunner } from '@sandpod/testkit/vitest';
import { EmbeddedSandboxProvider } from '../src/index.ts';
import { childrenWithMemory, killChild, uniqueMemoryBytes } from './fixtures/child-processes.ts';

const PARENT = fileURLToPath(new URL('./fixtures/parent.ts', import.meta.url));

const crash: CrashClient = {
  start: async () => {
    const memoryBytes = uniqueMemoryBytes();
    const parent: ChildProcess = spawn(process.execPath, ['--conditions=@sandpod/source', PARENT, 'spinning', String(memoryBytes)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (parent.stdout !== null) await once(parent.stdout, 'data');
    const killNow = async (): Promise<void> => {
      const exited = once(parent, 'exit');
      parent.kill('SIGKILL');
      await exited;
    };
    return { id: String(memoryBytes), kill: killNow };
  },
  survivors: async (id) => childrenWithMemory(Number(id)).map(String),
  withinMs: 2_000,
};

/** Themes in which almost every test starts a sandbox of its own. */
const LONG_THEMES = ['faults', 'extend', 'limits', 'concurrency', 'lifecycle', 'creating sandboxes', 'names and labels'];
const isWhole = process.env['CI'] === 'true' || process.env['SANDPOD_TEST_ALL'] === 'true';

await defineSandboxSuite({
  name: 'embedded',
  runner: isWhole ? vitestRunner : exceptThemes(...LONG_THEMES),
  factory: (options) => new EmbeddedSandboxProvider(options),
  large: true,
  destroy: async (sandbox) => killChild(sandbox),
  crash,
});
