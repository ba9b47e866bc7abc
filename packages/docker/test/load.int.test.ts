import { afterAll, describe, expect, it } from 'vitest';
import { DockerCommandLineCodeExecutor } from '../src/index.ts';
import { BUSYBOX, docker, TestContainers } from './fixtures/test-docker.ts';

const containers = new TestContainers('load');
const MiB = 1024 * 1024;

afterAll(async () => expect(await containers.leftAfter(5_000)).toEqual([]));

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((kind) => /Pipe|TCP/.test(kind)).length;
}

describe('one container', () => {
  it('runs a hundred blocks without more processes, sockets or memory', async () => {
    const executor = new DockerCommandLineCodeExecutor({ image: BUSYBOX, labels: containers.labels });
    const runMany = async (count: number): Promise<void> => {
      for (let index = 0; index < count; index += 1) {
        const { stdout } = await executor.runCode(`echo ${index}`, { language: 'sh' });
        expect(stdout).toBe(`${index}\n`);
      }
    };
    const measure = async (): Promise<{ readonly processes: number; readonly sockets: number; readonly memoryBytes: number }> => {
      const [container] = await containers.list();
      const { Processes } = await docker.getContainer(container?.Id ?? '').top();
      return { processes: Processes.length, sockets: openSockets(), memoryBytes: process.memoryUsage.rss() };
    };
    try {
      await runMany(10);
      const before = await measure();
      await runMany(100);
      const after = await measure();
      expect(after.processes - before.processes).toBeLessThanOrEqual(2);
      expect(after.sockets - before.sockets).toBeLessThanOrEqual(2);
      expect(after.memoryBytes - before.memoryBytes).toBeLessThan(64 * MiB);
    } finally {
      await executor.stop();
    }
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
