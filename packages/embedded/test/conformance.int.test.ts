import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CodeExecutor, CreateOptions, Sandbox } from '@sandpod/core';
import { CommandLineCodeExecutor } from '@sandpod/core/backend';
import type { CrashClient } from '@sandpod/testkit';
import { defineExecutorSuite, defineSandboxSuite } from '@sandpod/testkit/vitest';
import { EmbeddedSandbox, EmbeddedSandboxProvider } from '../src/index.ts';
import { childrenWithMemory, uniqueMemoryBytes } from './fixtures/child-processes.ts';

const PARENT = fileURLToPath(new URL('./fixtures/parent.ts', import.meta.url));

/** Remembers the sandbox that it created last, so that a test can kill its process. */
class RememberingProvider extends EmbeddedSandboxProvider {
  last: Sandbox | undefined;

  override async create(options?: CreateOptions): Promise<Sandbox> {
    const sandbox = await super.create(options);
    this.last = sandbox;
    return sandbox;
  }
}

const providers = new WeakMap<CodeExecutor, RememberingProvider>();

/** Kills the child process of a sandbox, as the kernel does when memory runs out. */
function kill(sandbox: Sandbox | undefined): void {
  if (!(sandbox instanceof EmbeddedSandbox) || sandbox.processId === undefined) throw new Error('Expected a sandbox with a process.');
  process.kill(sandbox.processId, 'SIGKILL');
}

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

await defineSandboxSuite({
  name: 'embedded',
  factory: (options) => new EmbeddedSandboxProvider(options),
  large: true,
  destroy: async (sandbox) => kill(sandbox),
  crash,
});

await defineExecutorSuite({
  name: 'embedded',
  // The suite's time limits include the start of an interpreter, which takes seconds on a busy machine.
  timeScale: 2,
  factory: ({ limits, ...options }) => {
    const provider = new RememberingProvider({ limits });
    const executor = new CommandLineCodeExecutor({ provider, ...options });
    providers.set(executor, provider);
    return executor;
  },
  provider: () => new EmbeddedSandboxProvider(),
  destroy: async (executor) => kill(providers.get(executor)?.last),
});
