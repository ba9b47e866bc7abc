import { ProcessLost } from '@sandpod/core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PodSandboxProvider } from '../src/index.ts';
import { type ChooseFault, FaultProxy } from './fixtures/fault-proxy.ts';
import { failureOf, TestNamespace } from './fixtures/test-namespace.ts';

let namespace: TestNamespace;
let proxy: FaultProxy;

beforeAll(async () => {
  [namespace, proxy] = await Promise.all([TestNamespace.create('faults'), FaultProxy.start()]);
});
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await namespace[Symbol.asyncDispose]();
});
beforeEach(() => {
  proxy.choose = () => undefined;
  proxy.protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
});

function provider(): PodSandboxProvider {
  return new PodSandboxProvider(namespace.options({ kubeConfig: proxy.kubeConfig, kubeConfigFile: undefined }));
}

/** Fails the first requests of each method and kind of object. */
function firstTimes(count: number, fault: NonNullable<ReturnType<ChooseFault>>): ChooseFault {
  const seen = new Map<string, number>();
  return ({ method, url }) => {
    const key = `${method} ${url.pathname.split('/')[5] ?? url.pathname.split('/')[6]} ${url.searchParams.has('watch')}`;
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return times <= count ? fault : undefined;
  };
}

/** Makes a sandbox, runs something in it and removes it; afterwards nothing may be left. */
async function wholeLife(): Promise<string> {
  using own = provider();
  let stdout = '';
  {
    await using sandbox = await own.create();
    expect((await namespace.objects()).sort()).toEqual([`jobs/${sandbox.podName}`, `pods/${sandbox.podName}`]);
    ({ stdout } = await sandbox.run({ argv: ['echo', 'fine'] }));
  }
  await expect.poll(() => namespace.objects(), { timeout: 5_000 }).toEqual([]);
  return stdout;
}

test('429 with Retry-After is waited out on every request, and exactly one pod is made [row 51]', async () => {
  proxy.choose = firstTimes(2, { kind: 'status', status: 429, headers: { 'retry-after': '1' } });
  expect(await wholeLife()).toBe('fine\n');
});

test('a 500 to each kind of request is tried again [row 52]', async () => {
  proxy.choose = firstTimes(1, { kind: 'status', status: 500 });
  expect(await wholeLife()).toBe('fine\n');
});

test('a broken connection at each kind of request is tried again [row 52]', async () => {
  proxy.choose = firstTimes(1, { kind: 'reset' });
  expect(await wholeLife()).toBe('fine\n');
});

test('an object whose creation was answered into nothing is found again, not made twice [row 52]', async () => {
  proxy.choose = firstTimes(1, { kind: 'lose-answer' });
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
  using own = provider();
  expect((await failureOf(own.create())).code).toBe('transport');
  await expect.poll(() => namespace.objects(), { timeout: 5_000 }).toEqual([]);
});

test('an abort at any moment of a start leaves nothing [row 58]', async () => {
  using own = provider();
  for (const afterMs of [0, 60, 130, 200, 400, 900]) {
    const controller = new AbortController();
    const creating = own.create({ abortSignal: controller.signal });
    setTimeout(() => controller.abort(new Error('stopped')), afterMs);
    const abortedMs = performance.now() + afterMs;
    await expect(creating).rejects.toThrow('stopped');
    expect(performance.now() - abortedMs).toBeLessThan(2_500);
  }
  await expect.poll(() => namespace.objects(), { timeout: 5_000 }).toEqual([]);
});

test('an API server that does not answer is named, and what it was asked', async () => {
  proxy.choose = () => ({ kind: 'reset' });
  using own = provider();
  const error = await failureOf(own.create());
  expect(error.code).toBe('transport');
  expect(error.message).toMatch(/API server at http:\/\/127\.0\.0\.1:\d+ did not answer \(create networkpolicies/);
});

test("a server without half-close still ends a program's input [row 39]", async () => {
  proxy.protocols = ['v4.channel.k8s.io'];
  using own = provider();
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

test('a connection that is cut without a close frame ends the run as transport, never as ok [row 42]', async () => {
  using own = provider();
  await using sandbox = await own.create();
  const running = sandbox.run({ argv: ['sh', '-c', 'echo before; sleep 60'] });
  setTimeout(() => proxy.cutTunnels(), 700);
  const startedMs = performance.now();
  const error = await running.catch((reason: unknown) => reason);
  expect(ProcessLost.isInstance(error) && error.outcome).toBe('transport');
  expect((error as ProcessLost).stdout).toBe('before\n');
  expect(performance.now() - startedMs).toBeLessThan(7_000);
});
