import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CodeResult } from '@sandpod/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DockerCommandLineCodeExecutor, type DockerCommandLineCodeExecutorOptions, type DockerSandboxProvider } from '../src/index.ts';
import { SocketProxy } from './fixtures/socket-proxy.ts';
import { BUSYBOX, docker, SLIM, TestContainers } from './fixtures/test-docker.ts';

const containers = new TestContainers('faults');
const MiB = 1024 * 1024;

afterEach(async () => expect(await containers.leftAfter(5_000)).toEqual([]));

function executor(options: DockerCommandLineCodeExecutorOptions = {}): DockerCommandLineCodeExecutor {
  return new DockerCommandLineCodeExecutor({ image: BUSYBOX, labels: containers.labels, ...options });
}

/** Resolves with the future result of an endless block as soon as the block runs. */
async function endless(on: DockerCommandLineCodeExecutor): Promise<{ readonly result: Promise<CodeResult> }> {
  const started = Promise.withResolvers<void>();
  const result = (async () => {
    for await (const event of on.stream([{ language: 'sh', code: 'echo running; while :; do sleep 1; done' }])) {
      if (event.type === 'stdout') started.resolve();
      if (event.type === 'end') return event.result;
    }
    throw new Error('Expected an end.');
  })();
  await Promise.race([started.promise, result]);
  return { result };
}

function isMarkedForRemoval(error: Error): void {
  if (!/marked for removal|No such container/i.test(error.message)) throw error;
}

async function onlyContainer(): Promise<string> {
  const [only] = await containers.list();
  if (only === undefined) throw new Error('Expected a container.');
  return only.Id;
}

describe('a container that ends during a run', () => {
  const endings: [string, (id: string) => Promise<unknown>][] = [
    ['killed', (id) => docker.getContainer(id).kill({ signal: 'SIGKILL' })],
    ['stopped', (id) => docker.getContainer(id).stop({ t: 0 })],
    // The daemon cannot start it again if it has already removed it.
    ['restarted', (id) => docker.getContainer(id).restart({ t: 0 }).catch(isMarkedForRemoval)],
    ['removed', (id) => docker.getContainer(id).remove({ force: true })],
  ];

  it.each(endings)(
    '%s [rows 43, 44]: the result is session-lost with the output so far, and the next call gets a new container',
    async (_, end) => {
      await using one = executor();
      const { result } = await endless(one);
      await end(await onlyContainer());
      expect(await result).toMatchObject({
        outcome: 'session-lost',
        exitCode: null,
        stdout: 'running\n',
        stateLost: true,
        reason: expect.stringMatching(/container (was removed|ended with status)/),
      });
      expect(await one.runCode('echo again', { language: 'sh' })).toMatchObject({ outcome: 'ok', stdout: 'again\n' });
    },
  );

  it('is not confused with a later container of the same name, which stays untouched [row 44]', async () => {
    const name = `twin-${process.pid}`;
    await using one = executor({ containerName: name });
    const { result } = await endless(one);
    await docker.getContainer(name).remove({ force: true });
    const stranger = await docker.createContainer({ Image: BUSYBOX, name, Cmd: ['sleep', '60'] });
    try {
      await stranger.start();
      expect(await result).toMatchObject({ outcome: 'session-lost', stateLost: true });
      await expect(one.runCode('echo in whose?', { language: 'sh' })).rejects.toMatchObject({ code: 'sandbox-exists' });
      await one.stop();
      expect((await stranger.inspect()).State.Running).toBe(true);
    } finally {
      await stranger.remove({ force: true });
    }
  });

  it('is noticed while connections break all the time, and disposal of a container that is gone succeeds [row 52]', async () => {
    const proxy = await SocketProxy.start();
    const cutting = setInterval(() => proxy.cut(), 300);
    try {
      const sandbox = await containers.provider().create();
      const watched = await containers.provider({ dockerHost: proxy.dockerHost }).attach({ id: sandbox.id });
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await docker.getContainer(sandbox.containerId).remove({ force: true });
      expect(await watched.lost).toMatch(/removed|ended with status/);
      clearInterval(cutting);
      await Promise.all([watched, sandbox].map((each) => each[Symbol.asyncDispose]()));
    } finally {
      clearInterval(cutting);
      await proxy.stop();
    }
  });

  it('because files fill its memory: the reason says so', async () => {
    await using one = executor({ image: SLIM, limits: { memoryBytes: 64 * MiB } });
    const code = 'open("filler", "wb").write(b"x" * 40_000_000)\nx = bytearray(100_000_000)';
    expect(await one.runCode(code)).toMatchObject({
      outcome: 'memory-limit',
      reason: expect.stringMatching(/Files in memory \(in the workspace, .*\) use \d{8} of its 67108864 bytes/),
    });
  });

  it('because of its memory: the result is memory-limit, even if only a child used the memory', async () => {
    await using one = executor({ image: SLIM, limits: { memoryBytes: 48 * MiB } });
    const hog = 'import subprocess, sys; subprocess.run([sys.executable, "-c", "x = bytearray(400_000_000)"]); print("on")';
    for (const code of ['x = bytearray(400_000_000)', hog]) {
      expect(await one.runCode(code)).toMatchObject({ outcome: 'memory-limit', reason: expect.stringContaining('memory limit') });
    }
    expect(await one.runCode('print(1)')).toMatchObject({ outcome: 'ok', stdout: '1\n' });
  });
});

describe('a daemon', () => {
  it('that goes down between two calls is a typed error with advice', async () => {
    const proxy = await SocketProxy.start();
    const one = executor({ dockerHost: proxy.dockerHost });
    await one.start();
    await docker.getContainer(await onlyContainer()).remove({ force: true });
    await expect.poll(() => containers.list(), { timeout: 5_000 }).toEqual([]);
    await proxy.stop();
    const refused = { code: 'transport', advice: expect.stringContaining('DOCKER_HOST'), isRetryable: true };
    await expect
      .poll(
        () =>
          one.start().then(
            () => 'started',
            (error: unknown) => error,
          ),
        { timeout: 10_000 },
      )
      .toMatchObject(refused);
    // The container may still exist and cannot be removed, which each call reports.
    for (let count = 0; count < 2; count += 1) await expect(one.stop()).rejects.toMatchObject(refused);
  });

  it('that cannot be reached is the same error from every method', async () => {
    const provider = containers.provider({ dockerHost: 'unix:///nowhere/docker.sock' });
    const refused = {
      code: 'transport',
      message: expect.stringContaining('/nowhere/docker.sock'),
      advice: expect.stringContaining('DOCKER_HOST'),
    };
    await expect(provider.attach({ id: 'x' })).rejects.toMatchObject(refused);
    await expect(provider.sweep()).rejects.toMatchObject(refused);
    await expect(Array.fromAsync(provider.list())).rejects.toMatchObject(refused);
    const kept = containers.provider({ dockerHost: 'unix:///nowhere/docker.sock', containerName: 'some-name', autoRemove: false });
    await expect(kept.create()).rejects.toMatchObject(refused);
  });

  it.each([/^POST \S+\/start /, /^POST \S+\/exec /])(
    'that stops answering at %s does not delay a start beyond its time limit',
    async (request) => {
      const proxy = await SocketProxy.start();
      try {
        proxy.muteAt(request);
        const creating = containers.provider({ dockerHost: proxy.dockerHost }).create({ startTimeoutMs: 1_000 });
        await expect(creating).rejects.toMatchObject({ code: 'start-timeout' });
      } finally {
        await proxy.stop();
      }
    },
  );

  it('that falls silent during a run ends the call soon after its limit', async () => {
    const proxy = await SocketProxy.start();
    const one = executor({ dockerHost: proxy.dockerHost, graceMs: 100, timeoutMs: 2_000 });
    try {
      const { result } = await endless(one);
      const silentMs = performance.now();
      proxy.mute();
      expect(await result).toMatchObject({ outcome: 'timeout', stdout: 'running\n', stateLost: true });
      expect(performance.now() - silentMs).toBeLessThan(10_000);
    } finally {
      await proxy.stop();
      await expect(one.stop()).rejects.toMatchObject({ code: 'transport' });
      await containers.removeAll();
    }
  });

  describe('that accepts connections and never answers', () => {
    let directory = '';
    let server: Server;

    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), 'docker-mute-'));
      server = createServer(() => {}).listen(join(directory, 'docker.sock'));
      await once(server, 'listening');
    });
    afterEach(async () => {
      server.close();
      await rm(directory, { recursive: true });
    });
    const provider = (): DockerSandboxProvider => containers.provider({ dockerHost: `unix://${join(directory, 'docker.sock')}` });

    it('does not delay a start beyond its time limit', async () => {
      const creating = provider().create({ startTimeoutMs: 1_000 });
      await expect(creating).rejects.toMatchObject({ code: 'start-timeout', message: expect.stringContaining('1000 ms') });
    });

    it('does not delay an abort [row 58]', async () => {
      const abortSignal = (): AbortSignal => AbortSignal.timeout(200);
      const calls: Record<string, () => Promise<unknown>> = {
        create: () => provider().create({ abortSignal: abortSignal() }),
        attach: () => provider().attach({ id: 'some-id', abortSignal: abortSignal() }),
        claim: () => provider().claim({ id: 'some-id', abortSignal: abortSignal() }),
        list: () => Array.fromAsync(provider().list({ abortSignal: abortSignal() })),
        sweep: () => provider().sweep({ abortSignal: abortSignal() }),
      };
      for (const [name, call] of Object.entries(calls)) await expect(call(), name).rejects.toMatchObject({ name: 'TimeoutError' });
    });
  });
});

describe('an image', () => {
  const image = 'conformance/sleepless:1';

  it('without sleep is a typed error that says what is needed', async () => {
    // Not from busybox, whose shell runs its built-in sleep even if the program is missing.
    const base = await docker.createContainer({ Image: SLIM, Cmd: ['sh', '-c', 'rm $(command -v sleep)'] });
    await base.start();
    await base.wait();
    await base.commit({ repo: 'conformance/sleepless', tag: '1' });
    await base.remove();
    try {
      await expect(containers.provider({ image }).create()).rejects.toMatchObject({
        code: 'start-failed',
        isRetryable: false,
        message: expect.stringContaining(image),
        advice: expect.stringContaining('sleep'),
      });
    } finally {
      await docker.getImage(image).remove({ force: true });
    }
  });

  it('without a shell is a typed error that says what is needed', async () => {
    await expect(containers.provider({ image: 'testbed/pause:1' }).create()).rejects.toMatchObject({
      code: 'start-failed',
      isRetryable: false,
      advice: expect.stringContaining('busybox is enough'),
    });
  });
});
