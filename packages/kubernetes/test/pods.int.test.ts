import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeCall } from '../src/client/kube-error.ts';
import { PodCommandLineCodeExecutor, PodSandboxProvider } from '../src/index.ts';
import { RecordedCalls } from './fixtures/recorded-calls.ts';
import { TestNamespace } from './fixtures/test-namespace.ts';

let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await TestNamespace.create('pods');
});
afterAll(() => namespace[Symbol.asyncDispose]());

const PRINT = [{ language: 'python', code: 'print(6*7)' }];

/** The calls of a work, as `verb resource`. */
async function callsOf(executor: PodCommandLineCodeExecutor, work: () => Promise<unknown>): Promise<string[]> {
  using recorded = new RecordedCalls(executor.provider.client);
  await work();
  return recorded.calls.map(({ namespace: _, name: __, ...kind }) => describeCall(kind)).sort();
}

test('a warm call sends almost no request; a cold call sends those that docs/kubernetes.md lists', { concurrent: true }, async ({
  expect,
}) => {
  await using executor = new PodCommandLineCodeExecutor(namespace.options());
  const cold = await callsOf(executor, () => executor.execute(PRINT));
  const once = ['create networkpolicies.networking.k8s.io', 'get version'];
  const perPod = ['create jobs.batch', 'create pods', 'watch pods', 'watch pods'];
  expect(cold.filter((call) => call !== 'get pods/exec')).toEqual([...once, ...perPod].sort());
  // Attempts to connect before the pod is reported as running, the launcher, and one more that is opened ahead.
  expect(cold.filter((call) => call === 'get pods/exec').length).toBeLessThanOrEqual(9);
  await executor.execute(PRINT);
  const warm = await callsOf(executor, async () => {
    for (let count = 0; count < 10; count += 1) await executor.execute(PRINT);
  });
  // On a loaded machine a call may come before the launcher of the last one is ready again; then one is opened ahead.
  expect(warm.filter((call) => call !== 'get pods/exec')).toEqual([]);
  expect(warm.length).toBeLessThanOrEqual(5);
});

test('after a hundred calls there are no more processes, connections and memory than after ten', { timeout: 120_000 }, async () => {
  await using executor = new PodCommandLineCodeExecutor(namespace.options());
  const run = async (count: number): Promise<void> => {
    for (let done = 0; done < count; done += 1) expect((await executor.execute(PRINT)).stdout).toBe('42\n');
  };
  const processes = async (): Promise<number> =>
    Number((await executor.execute([{ language: 'sh', code: 'ls -d /proc/[0-9]* | wc -l' }])).stdout);
  await run(10);
  const before = await processes();
  /** KiB that all processes of the pod have in memory. */
  const podMemory = async (): Promise<number> => {
    const { stdout } = await executor.execute([{ language: 'sh', code: 'grep -h VmRSS /proc/[0-9]*/status' }]);
    return [...stdout.matchAll(/\d+/g)].reduce((sum, [kibibytes]) => sum + Number(kibibytes), 0);
  };
  const connections = (): number => process.getActiveResourcesInfo().filter((name) => /^T(CP|LS)/.test(name)).length;
  const connectionsBefore = connections();
  const memoryBefore = process.memoryUsage().heapUsed;
  const podMemoryBefore = await podMemory();
  const calls = await callsOf(executor, () => run(90));
  expect(await processes()).toBeLessThanOrEqual(before + 4);
  // Far from one for each call: a launcher is opened ahead when all are busy.
  expect(calls.length).toBeLessThanOrEqual(20);
  expect(connections()).toBeLessThanOrEqual(connectionsBefore + 4);
  // One more launcher may wait.
  expect(await podMemory()).toBeLessThan(podMemoryBefore + 8 * 1024);
  expect(process.memoryUsage().heapUsed - memoryBefore).toBeLessThan(60 * 1024 * 1024);
});

test('gVisor runs programs, as the kernel log shows [row 12]', { concurrent: true }, async ({ expect }) => {
  await using executor = new PodCommandLineCodeExecutor(namespace.options({ runtimeClassName: 'gvisor' }));
  const result = await executor.execute([
    { language: 'python', code: 'open("made.txt", "w").write("x" * 100000); print("python")' },
    { language: 'sh', code: 'dmesg | grep -i gvisor; wc -c < made.txt' },
  ]);
  expect(result.outcome).toBe('ok');
  expect(result.stdout).toMatch(/^python\n.*gVisor.*\n100000\n$/s);
  const looping = await executor.execute([{ language: 'python', code: 'while True: pass' }], { timeoutMs: 1_500 });
  expect(looping.outcome).toBe('timeout');
  expect((await executor.execute(PRINT)).stdout).toBe('42\n');
});

test("a relative workspace is resolved against the image's WORKDIR, which is read once", { concurrent: true }, async ({ expect }) => {
  await using provider = new PodSandboxProvider(namespace.options({ image: 'testbed/busybox:1', workspacePath: 'work/deep' }));
  for (const pods of [2, 1]) {
    using recorded = new RecordedCalls(provider.client);
    await using sandbox = await provider.create();
    expect(sandbox.workspace).toBe('/home/app/work/deep');
    expect((await sandbox.run({ argv: ['sh', '-c', 'pwd; echo $HOME; touch mine && echo yes'] })).stdout).toBe(
      '/home/app/work/deep\n/home/app/work/deep\nyes\n',
    );
    expect(recorded.calls.filter(({ verb, resource }) => verb === 'create' && resource === 'pods')).toHaveLength(pods);
  }
});

test('python:3-slim, the default image, runs Python and shell, and says what it lacks', { concurrent: true }, async ({ expect }) => {
  const { image: _, ...options } = namespace.options();
  await using executor = new PodCommandLineCodeExecutor(options);
  const result = await executor.execute([
    { language: 'python', code: 'print("py")' },
    { language: 'bash', code: 'echo sh' },
  ]);
  expect(result.stdout).toBe('py\nsh\n');
  expect((await executor.execute([{ language: 'javascript', code: 'console.log(1)' }])).outcome).not.toBe('ok');
});

test('pods of different options run without a warning where "restricted" is enforced [row 10]', { concurrent: true }, async ({
  expect,
}) => {
  const combinations = [
    {},
    { runtimeClassName: 'gvisor' },
    { network: 'open' as const, runAsUser: 4711 },
    { env: { A: 'b' }, imagePullSecrets: ['absent'] },
  ];
  await Promise.all(
    combinations.map(async (options) => {
      await using provider = new PodSandboxProvider(namespace.options(options));
      await using sandbox = await provider.create();
      expect((await sandbox.run({ argv: ['id', '-u'] })).exitCode).toBe(0);
      expect(provider.client.warnings).toEqual([]);
    }),
  );
});

test('fifty executors at once all finish, each with its own output [row 59]', { timeout: 600_000 }, async () => {
  const options = namespace.options({
    image: 'testbed/busybox:1',
    requests: { cpu: '5m', memory: '16Mi' },
    limits: { memoryBytes: 32 * 1024 * 1024 },
    startTimeoutMs: 500_000,
    scheduleTimeoutMs: 300_000,
  });
  const work = Array.from({ length: 50 }, async (_, index) => {
    await using executor = new PodCommandLineCodeExecutor(options);
    const { outcome, stdout } = await executor.execute([{ language: 'sh', code: `echo ${index}` }]);
    return `${outcome} ${stdout.trim()}`;
  });
  expect(await Promise.all(work)).toEqual(Array.from({ length: 50 }, (_, index) => `ok ${index}`));
  await expect.poll(() => namespace.objects(), { timeout: 60_000 }).toEqual([]);
});
