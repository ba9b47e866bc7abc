import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { DockerCommandLineCodeExecutor } from '../src/index.ts';
import { BUSYBOX, docker, TestContainers } from './fixtures/test-docker.ts';

const containers = new TestContainers('load');
const MiB = 1024 * 1024;
const MEASURE = fileURLToPath(new URL('./fixtures/measure-transfers.ts', import.meta.url));
/** Long enough for a machine that is busy with other work. */
const SLOW_MS = 300_000;
const execFileAsync = promisify(execFile);

afterAll(async () => expect(await containers.leftAfter(5_000)).toEqual([]));

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((kind) => /Pipe|TCP/.test(kind)).length;
}

function openDescriptors(): number {
  return readdirSync('/proc/self/fd').length;
}

interface Measures {
  readonly processes: number;
  readonly sockets: number;
  readonly descriptors: number;
  readonly memoryBytes: number;
}

/** Measurements that a separate process takes of itself, without garbage. */
async function measured(
  what: string,
  amount: number,
): Promise<{ readonly moved: number; readonly grownBytes: number; readonly descriptors: number }> {
  const options = JSON.stringify({ image: BUSYBOX, labels: containers.labels, timeoutMs: SLOW_MS, expiresInMs: SLOW_MS });
  const argv = ['--expose-gc', '--conditions=@sandpod/source', MEASURE, what, String(amount), options];
  const { stdout } = await execFileAsync(process.execPath, argv, { timeout: SLOW_MS });
  return JSON.parse(stdout);
}

describe('one container', () => {
  it('runs a hundred blocks without more processes, sockets, descriptors or memory', { timeout: SLOW_MS }, async () => {
    const executor = new DockerCommandLineCodeExecutor({ image: BUSYBOX, labels: containers.labels });
    const runMany = async (count: number): Promise<void> => {
      for (let index = 0; index < count; index += 1) {
        const { stdout } = await executor.runCode(`echo ${index}`, { language: 'sh' });
        expect(stdout).toBe(`${index}\n`);
      }
    };
    const measure = async (): Promise<Measures> => {
      const [found] = await containers.list();
      const container = docker.getContainer(found?.Id ?? '');
      const { Processes } = await container.top();
      const { memory_stats } = await container.stats({ stream: false });
      return { processes: Processes.length, sockets: openSockets(), descriptors: openDescriptors(), memoryBytes: memory_stats.usage };
    };
    try {
      await runMany(10);
      const before = await measure();
      await runMany(100);
      const after = await measure();
      // On a busy machine, two more launchers may have been opened ahead. A leak would show about a hundred.
      expect(after.processes - before.processes).toBeLessThanOrEqual(6);
      expect(after.sockets - before.sockets).toBeLessThanOrEqual(6);
      expect(after.descriptors - before.descriptors).toBeLessThanOrEqual(6);
      // The container's memory, including the hundred small files in which the blocks are saved.
      expect(after.memoryBytes - before.memoryBytes).toBeLessThan(16 * MiB);
    } finally {
      await executor.stop();
    }
  });
});

describe('the memory of the client', () => {
  // Five times what is kept (1 MiB of each stream) or in flight (1 MiB from the socket; 512 KiB to it, and their copy).
  it.each([
    ['output', 10 * MiB],
    ['upload', 5 * MiB],
    ['download', 5 * MiB],
  ])('does not grow with 100 MiB of %s', { timeout: SLOW_MS }, async (what, mostBytes) => {
    const { moved, grownBytes } = await measured(what, 100 * MiB);
    expect(moved).toBe(100 * MiB);
    expect(grownBytes).toBeLessThan(mostBytes);
  });

  it('and its descriptors do not grow with a hundred blocks', { timeout: SLOW_MS }, async () => {
    const { moved, grownBytes, descriptors } = await measured('blocks', 100);
    expect(moved).toBe(100);
    expect(grownBytes).toBeLessThan(2 * MiB);
    expect(descriptors).toBeLessThanOrEqual(6);
  });
});

describe('ten containers at once', () => {
  it('all finish with their own output', async () => {
    const provider = containers.provider({ limits: { cpus: 0.5, memoryBytes: 64 * MiB } });
    const outputs = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        await using sandbox = await provider.create();
        return (await sandbox.run({ command: `echo ${index}` })).stdout;
      }),
    );
    expect(outputs).toEqual(Array.from({ length: 10 }, (_, index) => `${index}\n`));
  });
});
