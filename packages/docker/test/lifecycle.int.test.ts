import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { DockerSandbox } from '../src/index.ts';
import { FakeRegistry } from './fixtures/fake-registry.ts';
import { SocketProxy } from './fixtures/socket-proxy.ts';
import { crash, nextText, startClient } from './fixtures/start-client.ts';
import { BUSYBOX, docker, TestContainers } from './fixtures/test-docker.ts';

const containers = new TestContainers('lifecycle');
const clientOptions = { image: BUSYBOX, labels: containers.labels };

afterEach(async () => expect(await containers.leftAfter(5_000)).toEqual([]));

/** Starts a run that never ends; its rejection counts as handled. */
async function endlessRun(sandbox: DockerSandbox): Promise<{ readonly ended: Promise<unknown> }> {
  const process = await sandbox.spawn({ command: 'echo on; while :; do sleep 1; done' });
  const ended = process.wait();
  ended.catch(() => {});
  return { ended };
}

/** Whether the kernel has a keep-alive timer for a connection to a port of this machine. */
function keptAliveTo(port: number): boolean {
  const remote = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n');
  return lines.map((line) => line.trim().split(/\s+/)).some((fields) => fields[2] === remote && fields[5]?.startsWith('02:'));
}

async function elapsed(promise: Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await promise.catch(() => {});
  return performance.now() - startedMs;
}

describe('the end of a container', () => {
  it('by removal ends its runs as session-lost within 5 s [row 43]', async () => {
    await using sandbox = await containers.provider().create();
    const { ended } = await endlessRun(sandbox);
    await docker.getContainer(sandbox.containerId).remove({ force: true });
    expect(await elapsed(ended)).toBeLessThan(10_000);
    await expect(ended).rejects.toMatchObject({ outcome: 'session-lost' });
  });

  it('comes by itself when it expires, without a client', async () => {
    const sandbox = await containers.provider({ expiresInMs: 2_000 }).create();
    await sandbox.detach();
    expect(await containers.list()).toHaveLength(1);
    expect(await containers.leftAfter(8_000)).toEqual([]);
  });

  it('by expiry is reported to its sandbox object', async () => {
    await using sandbox = await containers.provider({ expiresInMs: 1_000 }).create();
    expect(await sandbox.lost).toBe('The container expired. Raise expiresInMs for sandboxes that must last longer.');
    await expect(sandbox.run({ command: 'true' })).rejects.toMatchObject({ code: 'sandbox-ended' });
  });
});

describe('a client that is killed [row 56]', () => {
  it.each(['creating', 'starting', 'running'])('while %s leaves nothing after the expiry', async (phase) => {
    const expiresInMs = 4_000;
    const client = startClient({ phase, id: `crash-${phase}-${process.pid}`, options: { ...clientOptions, expiresInMs } });
    expect(await nextText(client)).toContain(phase);
    await crash(client);
    await pause(expiresInMs);
    // The next client removes containers that were created but never started.
    await using next = await containers.provider().create();
    const left = async (): Promise<string[]> => (await containers.list()).map(({ Id }) => Id).filter((id) => id !== next.containerId);
    await expect.poll(left, { timeout: 8_000 }).toEqual([]);
  });
});

describe('other processes', () => {
  it('attach to a sandbox and take its limits and workspace from the container', async () => {
    const name = `shared-${process.pid}`;
    const limits = { memoryBytes: 99 * 1024 * 1024, workspaceBytes: 9 * 1024 * 1024, processes: 77, cpus: 0.5 };
    const made = await containers.provider({ limits, workspacePath: '/elsewhere' }).create({ name });
    await made.writeTextFile({ path: 'note.txt', content: 'hello' });
    const attached = await containers.provider().attach({ id: made.id });
    expect(attached.name).toBe(name);
    expect(attached.limits).toMatchObject(limits);
    expect(attached.workspace).toBe('/elsewhere');
    expect(await nextText(startClient({ phase: 'attaching', id: name, options: clientOptions }))).toBe('hello');
    // The other process has disposed of the sandbox.
    expect(await made.lost).not.toBe('');
    await made[Symbol.asyncDispose]();
    await attached[Symbol.asyncDispose]();
  });

  it('end by themselves once they have disposed of their sandbox', async () => {
    const client = startClient({ phase: 'disposing', id: `brief-${process.pid}`, options: clientOptions });
    expect(await nextText(client)).toBe('disposed');
    const [exitCode] = (await Promise.race([once(client, 'exit'), pause(5_000, ['still running'])])) as unknown[];
    expect(exitCode).toBe(0);
  });
});

describe('an abort [row 58]', () => {
  it('while an image is pulled stops the pull', async () => {
    const registry = await FakeRegistry.start();
    const abort = new AbortController();
    const progress: string[] = [];
    const onProgress = (event: { readonly phase: string }): void => void progress.push(event.phase);
    try {
      const creating = containers.provider({ image: registry.image }).create({ abortSignal: abort.signal, onProgress });
      creating.catch(() => {});
      await registry.downloading;
      abort.abort(new Error('enough'));
      expect(await elapsed(creating)).toBeLessThan(10_000);
      await expect(creating).rejects.toThrow('enough');
      await registry.hungUp;
      expect(progress).toContain('pulling');
    } finally {
      await registry.stop();
    }
  });

  it.each([0, 5, 20, 60, 120])('%i ms after the call leaves no container', async (delayMs) => {
    const abort = new AbortController();
    const creating = containers.provider().create({ abortSignal: abort.signal });
    setTimeout(() => abort.abort(new Error('enough')), delayMs);
    await expect(creating).rejects.toThrow('enough');
    expect(await containers.leftAfter(5_000)).toEqual([]);
  });

  it('by the start timeout leaves no container', async () => {
    await expect(containers.provider({ initCommand: 'sleep 30' }).create({ startTimeoutMs: 1_500 })).rejects.toMatchObject({
      code: 'start-timeout',
      message: expect.stringContaining('1500 ms'),
    });
  });
});

describe('a connection to the daemon', () => {
  it('that is cut during a run ends it as transport within 2 s, and the next run works [row 42]', async () => {
    const proxy = await SocketProxy.start();
    const sandbox = await containers.provider({ dockerHost: proxy.dockerHost }).create();
    try {
      const { ended } = await endlessRun(sandbox);
      proxy.cut();
      expect(await elapsed(ended)).toBeLessThan(10_000);
      await expect(ended).rejects.toMatchObject({ outcome: 'transport' });
      const { stdout } = await sandbox.run({
        command: "grep -l 'whil[e] :; do sleep' /proc/[0-9]*/cmdline 2>/dev/null | grep -v /$$/ | wc -l",
      });
      expect(stdout).toBe('0\n');
    } finally {
      await sandbox[Symbol.asyncDispose]();
      await proxy.stop();
    }
  });

  it('that is lost before disposal makes disposal fail, and a sweep removes the container [row 57]', async () => {
    const proxy = await SocketProxy.start();
    const sandbox = await containers.provider({ dockerHost: proxy.dockerHost }).create();
    await proxy.stop();
    await expect(sandbox[Symbol.asyncDispose]()).rejects.toMatchObject({ code: 'transport' });
    expect(await containers.list()).toHaveLength(1);
    await docker.getContainer(sandbox.containerId).remove({ force: true });
  });

  it('over the network is kept alive while a program prints nothing [row 41]', async () => {
    const proxy = await SocketProxy.start('port');
    const sandbox = await containers.provider({ dockerHost: proxy.dockerHost }).create();
    try {
      const silent = sandbox.run({ command: 'sleep 2; echo after' });
      await expect.poll(() => keptAliveTo(Number(new URL(proxy.dockerHost).port))).toBe(true);
      expect(await silent).toMatchObject({ exitCode: 0, stdout: 'after\n' });
    } finally {
      await sandbox[Symbol.asyncDispose]();
      await proxy.stop();
    }
  });

  it('is closed after disposal', async () => {
    const proxy = await SocketProxy.start();
    const sandbox = await containers.provider({ dockerHost: proxy.dockerHost }).create();
    await sandbox.run({ command: 'true' });
    await sandbox[Symbol.asyncDispose]();
    // Idle connections are kept for the next request, for some seconds.
    await expect.poll(() => proxy.connections, { timeout: 20_000 }).toBeLessThanOrEqual(1);
    await proxy.stop();
  });

  it('to a missing socket fails with advice', async () => {
    const creating = containers.provider({ dockerHost: 'unix:///nowhere/docker.sock' }).create();
    await expect(creating).rejects.toMatchObject({
      code: 'transport',
      message: expect.stringContaining('/nowhere/docker.sock'),
      advice: expect.stringContaining('DOCKER_HOST'),
    });
  });
});

describe('a sweep', () => {
  /** Creates a container like one whose client was killed before it could start it. */
  async function abandoned(expiresMs: number, managed: boolean): Promise<string> {
    const own = managed ? { 'sandpod.managed': 'true', 'sandpod.id': `abandoned-${expiresMs}`, 'sandpod.expires': String(expiresMs) } : {};
    const { id } = await docker.createContainer({ Image: BUSYBOX, Cmd: ['true'], Labels: { ...containers.labels, ...own } });
    return id;
  }

  it('removes expired containers and no others; a dry run only reports them', async () => {
    const provider = containers.provider();
    await using living = await provider.create();
    const expiredMs = Date.now() - 1_000;
    await abandoned(expiredMs, true);
    const foreign = await abandoned(expiredMs, false);
    const id = `abandoned-${expiredMs}`;
    const dry = await provider.sweep({ dryRun: true });
    expect(dry.removed).toContain(id);
    expect(await containers.list()).toHaveLength(3);
    const wet = await provider.sweep();
    expect(wet.removed).toContain(id);
    expect(wet.kept).toContain(living.id);
    expect((await containers.list()).map(({ Id }) => Id).sort()).toEqual([living.containerId, foreign].sort());
    await docker.getContainer(foreign).remove();
  });
});
