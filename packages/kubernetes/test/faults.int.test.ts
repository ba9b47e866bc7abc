import { ProcessLost } from '@sandpod/core';
import { type ChooseFault, type Fault, type FaultProxy, firstTimes } from '@sandpod/testkit/fault-proxy';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { pause } from '../src/client/pause.ts';
import { PodCommandLineCodeExecutor, PodSandboxProvider, type PodSandboxProviderOptions } from '../src/index.ts';
import { kubeConfigOf, startKubeProxy } from './fixtures/fault-proxy.ts';
import { failureOf, TestNamespace } from './fixtures/test-namespace.ts';

let namespace: TestNamespace;
let proxy: FaultProxy;

beforeAll(async () => {
  [namespace, proxy] = await Promise.all([TestNamespace.create('faults'), startKubeProxy()]);
});
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await namespace[Symbol.asyncDispose]();
});
beforeEach(() => {
  proxy.choose = () => undefined;
  proxy.protocols = undefined;
  proxy.dropMessage = () => false;
});

function provider(options: PodSandboxProviderOptions = {}): PodSandboxProvider {
  return new PodSandboxProvider(namespace.options({ kubeConfig: kubeConfigOf(proxy), kubeConfigFile: undefined, ...options }));
}

/** Fails the first requests of each method and kind of object. */
function firstOfEachKind(count: number, fault: Fault): ChooseFault {
  return firstTimes(count, fault, ({ method, url, isUpgrade }) => {
    const kind = url.pathname.split('/')[5] ?? url.pathname.split('/')[6];
    return `${method} ${kind} ${url.searchParams.has('watch')} ${isUpgrade}`;
  });
}

/** Makes a sandbox, runs something in it and removes it; afterwards nothing may be left. */
async function wholeLife(): Promise<string> {
  await using own = provider();
  let stdout = '';
  {
    await using sandbox = await own.create();
    expect((await namespace.objects()).sort()).toEqual([`jobs/${sandbox.podName}`, `pods/${sandbox.podName}`]);
    ({ stdout } = await sandbox.run({ argv: ['echo', 'fine'] }));
  }
  await expect.poll(() => namespace.objects(), { timeout: 20_000 }).toEqual([]);
  return stdout;
}

test('429 with Retry-After, five times, is waited out on every request, and exactly one pod is made [row 51]', {
  timeout: 120_000,
}, async () => {
  proxy.choose = firstOfEachKind(5, { kind: 'status', status: 429, headers: { 'retry-after': '1' } });
  expect(await wholeLife()).toBe('fine\n');
});

test('a Retry-After of more than a minute is not waited for [row 51]', async () => {
  proxy.choose = () => ({ kind: 'status', status: 429, headers: { 'retry-after': '61' } });
  await using own = provider();
  const error = await failureOf(own.create());
  expect(error).toMatchObject({ code: 'start-failed', isRetryable: true, details: { status: 429 } });
  expect(error.message).toContain('create networkpolicies');
});

test('a 500 to each kind of request is tried again [row 52]', async () => {
  proxy.choose = firstOfEachKind(1, { kind: 'status', status: 500 });
  expect(await wholeLife()).toBe('fine\n');
});

test('a broken connection at each kind of request is tried again [row 52]', async () => {
  proxy.choose = firstOfEachKind(1, { kind: 'reset' });
  expect(await wholeLife()).toBe('fine\n');
});

test('an object whose creation lost its answer is found again, not created twice [row 52]', async () => {
  proxy.choose = firstOfEachKind(1, { kind: 'lose-answer' });
  expect(await wholeLife()).toBe('fine\n');
});

test('a forgotten version and watches that end all the time lose no change [row 52]', async () => {
  let watches = 0;
  proxy.choose = ({ url }) => {
    if (!url.searchParams.has('watch')) return undefined;
    watches += 1;
    return watches % 2 === 1 ? { kind: 'status', status: 410 } : { kind: 'cut', afterMs: 300 };
  };
  expect(await wholeLife()).toBe('fine\n');
  expect(watches).toBeGreaterThan(2);
});

test('a start whose pod creation never gets an answer fails and leaves nothing', async () => {
  proxy.choose = ({ method, url }) => (method === 'POST' && url.pathname.endsWith('/pods') ? { kind: 'lose-answer' } : undefined);
  await using own = provider();
  expect((await failureOf(own.create())).code).toBe('transport');
  await expect.poll(() => namespace.objects(), { timeout: 20_000 }).toEqual([]);
});

test('an abort at any moment of a start leaves nothing [row 58]', async () => {
  await using own = provider();
  for (const afterMs of [0, 60, 130, 200, 400, 900]) {
    const controller = new AbortController();
    const creating = own.create({ abortSignal: controller.signal });
    setTimeout(() => controller.abort(new Error('stopped')), afterMs);
    const abortedMs = performance.now() + afterMs;
    const quicker = await creating.catch((error: unknown) => {
      expect(error).toMatchObject({ message: 'stopped' });
    });
    // A start may be over before a late abort, and never before an early one.
    if (afterMs < 300) expect(quicker).toBeUndefined();
    await quicker?.[Symbol.asyncDispose]();
    expect(performance.now() - abortedMs).toBeLessThan(10_000);
  }
  await expect.poll(() => namespace.objects(), { timeout: 20_000 }).toEqual([]);
});

test('the error for an API server that does not answer names it and the request', async () => {
  proxy.choose = () => ({ kind: 'reset' });
  await using own = provider();
  const error = await failureOf(own.create());
  expect(error.code).toBe('transport');
  expect(error.message).toMatch(/API server at http:\/\/127\.0\.0\.1:\d+ did not answer \(create networkpolicies/);
});

test("a server without half-close still ends a program's input [row 39]", async () => {
  proxy.protocols = ['v4.channel.k8s.io'];
  await using own = provider();
  await using sandbox = await own.create();
  const process = await sandbox.spawn({ argv: ['cat'], stdin: true });
  const writer = process.stdin?.getWriter();
  const content = `${'x'.repeat(300_000)}end`;
  void writer?.write(Buffer.from(content)).then(() => writer.close());
  let length = 0;
  for await (const { bytes } of process.output) length += bytes.byteLength;
  expect(length).toBe(content.length);
  expect((await process.wait()).exitCode).toBe(0);
});

/** How a run ends whose connection suffers something in the middle. */
async function endOf(suffer: () => unknown): Promise<{ outcome: string; stdout: string; lateMs: number }> {
  await using own = provider();
  await using sandbox = await own.create();
  const process = await sandbox.spawn({ argv: ['sh', '-c', 'echo before; sleep 120'] });
  const reader = process.output.getReader();
  const { value } = await reader.read();
  await suffer();
  const sufferedMs = performance.now();
  const error = await process.wait().catch((reason: unknown) => reason);
  if (!ProcessLost.isInstance(error)) throw new Error(`Expected a loss, given ${JSON.stringify(error)}.`);
  const lateMs = performance.now() - sufferedMs;
  return { outcome: error.outcome, stdout: Buffer.from(value?.bytes ?? []).toString('utf8'), lateMs };
}

test.for([
  ['is cut without a close frame', () => proxy.cutTunnels()],
  ['is closed with a close frame, but without a status', () => proxy.closeTunnels(1000)],
] as const)('a connection that %s ends the run as transport, never as ok [row 42]', async ([, suffer]) => {
  const end = await endOf(suffer);
  expect(end).toMatchObject({ outcome: 'transport', stdout: 'before\n' });
  expect(end.lateMs).toBeLessThan(10_000);
});

test('a pod that is deleted while its connections are frozen is session-lost [row 43]', async () => {
  const end = await endOf(async () => {
    proxy.freezeTunnels();
    for (const name of await namespace.objects()) if (name.startsWith('pods/')) await namespace.deletePod(name.slice(5));
  });
  expect(end).toMatchObject({ outcome: 'session-lost', stdout: 'before\n' });
  expect(end.lateMs).toBeLessThan(10_000);
});

test('if the API server is unreachable for twenty seconds, a run ends as transport, and its objects are removed afterwards [row 46]', {
  timeout: 90_000,
}, async () => {
  await using own = provider();
  const sandbox = await own.create();
  const running = sandbox.run({ argv: ['sh', '-c', 'echo before; sleep 120'] }).catch((reason: unknown) => reason);
  await pause(500);
  await proxy.interrupt();
  const error = await running;
  if (!ProcessLost.isInstance(error)) throw new Error(`Expected a loss, given ${JSON.stringify(error)}.`);
  expect(error).toMatchObject({ outcome: 'transport', stdout: 'before\n' });
  expect(error.reason).toMatch(/not known/);
  expect((await failureOf(sandbox.run({ argv: ['true'] }))).code).toMatch(/^(transport|sandbox-ended)$/);
  await pause(20_000);
  await proxy.resume();
  await sandbox[Symbol.asyncDispose]();
  await expect.poll(() => namespace.objects(), { timeout: 10_000 }).toEqual([]);
});

test('if the API server falls silent, a call ends soon after its limit, and stop() soon too [row 46]', { timeout: 60_000 }, async () => {
  const options = { kubeConfig: kubeConfigOf(proxy), kubeConfigFile: undefined, graceMs: 100, timeoutMs: 1_000 };
  const executor = new PodCommandLineCodeExecutor(namespace.options(options));
  const events = executor.stream([{ language: 'sh', code: 'echo before; sleep 120' }]);
  let silentMs = Number.NaN;
  for await (const event of events) {
    if (event.type === 'stdout') {
      proxy.choose = () => ({ kind: 'silence' });
      proxy.freezeTunnels();
      silentMs = performance.now();
    }
    if (event.type === 'end') expect(event.result).toMatchObject({ outcome: 'timeout', stdout: 'before\n', stateLost: true });
  }
  expect(performance.now() - silentMs).toBeLessThan(8_000);
  const stoppingMs = performance.now();
  expect((await failureOf(executor.stop())).code).toBe('transport');
  expect(performance.now() - stoppingMs).toBeLessThan(8_000);
  proxy.choose = () => undefined;
  await executor.stop();
  await expect.poll(() => namespace.objects(), { timeout: 10_000 }).toEqual([]);
});

test('an upload that is cut at a third fails, and the old file is as it was [row 20]', async () => {
  await using own = provider();
  await using sandbox = await own.create();
  await sandbox.writeTextFile({ path: 'file', content: 'old' });
  proxy.choose = ({ isUpgrade }) => (isUpgrade ? { kind: 'cut', afterBytes: 1_000_000, direction: 'up' } : undefined);
  proxy.cutTunnels();
  const content = Buffer.alloc(3_000_000, 'new');
  expect((await failureOf(sandbox.writeBinaryFile({ path: 'file', content }))).code).toBe('transport');
  expect((await failureOf(sandbox.writeBinaryFile({ path: 'other', content }))).code).toBe('transport');
  expect(await sandbox.readTextFile({ path: 'file' })).toBe('old');
  expect(await sandbox.readTextFile({ path: 'other' })).toBeNull();
});

test('a download that is cut at a third fails, and never ends as if it were whole [row 20]', async () => {
  await using own = provider();
  await using sandbox = await own.create();
  const content = Buffer.alloc(3_000_000, 'long');
  await sandbox.writeBinaryFile({ path: 'file', content });
  proxy.choose = ({ isUpgrade }) => (isUpgrade ? { kind: 'cut', afterBytes: 1_000_000 } : undefined);
  proxy.cutTunnels();
  expect((await failureOf(sandbox.readBinaryFile({ path: 'file' }))).code).toBe('transport');
  proxy.choose = () => undefined;
  proxy.cutTunnels();
  expect((await sandbox.readBinaryFile({ path: 'file' }))?.byteLength).toBe(content.byteLength);
});

test('a program that is silent for three times the idle limit of a proxy still delivers, because of signs of life [row 41]', async () => {
  proxy.choose = ({ isUpgrade }) => (isUpgrade ? { kind: 'idle', idleMs: 1_500 } : undefined);
  await using own = provider({ keepAliveMs: 300 });
  await using sandbox = await own.create();
  expect((await sandbox.run({ argv: ['sh', '-c', 'sleep 4.5; echo late'] })).stdout).toBe('late\n');
  await using silent = provider({ keepAliveMs: 60_000 });
  await using same = await silent.attach({ id: sandbox.id });
  const error = await same.run({ argv: ['sh', '-c', 'sleep 4.5; echo late'] }).catch((reason: unknown) => reason);
  expect(ProcessLost.isInstance(error) && error.outcome).toBe('transport');
});

test('signs of life, however many, never block what a program is sent', async () => {
  await using own = new PodSandboxProvider(namespace.options({ keepAliveMs: 50 }));
  await using sandbox = await own.create();
  const runs = Array.from({ length: 12 }, () => sandbox.run({ argv: ['sh', '-c', 'sleep 1; echo late'], timeoutMs: 40_000 }));
  expect((await Promise.all(runs)).map(({ stdout }) => stdout)).toEqual(Array.from({ length: 12 }, () => 'late\n'));
});

test('the last line arrives over a slow connection, and a lost status frame changes no result [row 36] [row 42]', async () => {
  proxy.choose = ({ isUpgrade }) => (isUpgrade ? { kind: 'throttle', bytesPerSecond: 500_000, direction: 'down' } : undefined);
  // The fourth channel carries how the exec ended.
  proxy.dropMessage = ([channel]) => channel === 3;
  await using own = provider();
  await using sandbox = await own.create();
  const process = await sandbox.spawn({ argv: ['sh', '-c', 'cat; seq 1 100000; exit 7'], stdin: true });
  const writing = process.stdin?.getWriter();
  void writing?.write(Buffer.from('0\n')).then(() => writing.close());
  let text = '';
  for await (const { bytes } of process.output) text += Buffer.from(bytes).toString('latin1');
  expect((await process.wait()).exitCode).toBe(7);
  expect(text.split('\n').slice(0, -1)).toEqual(Array.from({ length: 100_001 }, (_, index) => String(index)));
});

test('removing objects that are gone already does not fail [row 52] [row 57]', async () => {
  await using own = provider();
  const sandbox = await own.create();
  proxy.choose = ({ method }) => (method === 'DELETE' ? { kind: 'status', status: 404 } : undefined);
  await sandbox[Symbol.asyncDispose]();
  proxy.choose = () => undefined;
  await namespace.deletePod(sandbox.podName);
});
