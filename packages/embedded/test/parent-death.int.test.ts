import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { childrenWithMemory, eventually, uniqueMemoryBytes } from './fixtures/child-processes.ts';

const SCRIPT = fileURLToPath(new URL('./fixtures/parent.ts', import.meta.url));
/** Milliseconds that a sandbox may outlive its parent. */
const GONE_WITHIN_MS = 2_000;

const parents: ChildProcess[] = [];

afterEach(() => {
  for (const parent of parents.splice(0)) parent.kill('SIGKILL');
});

function startParent(phase: string, memoryBytes: number): ChildProcess {
  const parent = spawn(process.execPath, ['--conditions=@sandpod/source', '--no-warnings', SCRIPT, phase, String(memoryBytes)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, SANDPOD_CANARY: 'canary-in-the-environment' },
  });
  parents.push(parent);
  return parent;
}

describe('a parent that is killed', () => {
  it.each(['creating', 'idle', 'spinning', 'flooding', 'writing', 'closing'])('while %s leaves no process behind', async (phase) => {
    const memoryBytes = uniqueMemoryBytes();
    const parent = startParent(phase, memoryBytes);
    await once(parent.stdout as NodeJS.ReadableStream, 'data');
    if (phase !== 'closing') expect(childrenWithMemory(memoryBytes)).toHaveLength(1);
    const exited = once(parent, 'exit');
    parent.kill('SIGKILL');
    await exited;
    expect(await eventually(() => childrenWithMemory(memoryBytes).length === 0, GONE_WITHIN_MS)).toBe(true);
  });
});

describe('a parent that exits by itself', () => {
  it.each(['exiting', 'idle-exit'])('is not kept alive by an idle sandbox and leaves no process behind: %s', async (phase) => {
    const memoryBytes = uniqueMemoryBytes();
    const parent = startParent(phase, memoryBytes);
    const [code] = await once(parent, 'exit');
    expect(code).toBe(0);
    expect(await eventually(() => childrenWithMemory(memoryBytes).length === 0, GONE_WITHIN_MS)).toBe(true);
  });
});
