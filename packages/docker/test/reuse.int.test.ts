import { afterEach, describe, expect, it } from 'vitest';
import { DockerCommandLineCodeExecutor, type DockerSandboxProviderOptions } from '../src/index.ts';
import { BUSYBOX, docker, TestContainers } from './fixtures/test-docker.ts';

const containers = new TestContainers('reuse');
let count = 0;

afterEach(async () => {
  for (const { Id } of await containers.list()) await docker.getContainer(Id).remove({ force: true });
  expect(await containers.leftAfter(5_000)).toEqual([]);
});

function kept(options: DockerSandboxProviderOptions = {}): DockerSandboxProviderOptions {
  return { containerName: nextName(), autoRemove: false, expiresInMs: 60_000, ...options };
}

function nextName(): string {
  count += 1;
  return `reuse-${process.pid}-${count}`;
}

function executor(options: DockerSandboxProviderOptions): DockerCommandLineCodeExecutor {
  return new DockerCommandLineCodeExecutor({ image: BUSYBOX, labels: containers.labels, ...options });
}

async function shell(on: DockerCommandLineCodeExecutor, code: string): Promise<string> {
  return (await on.runCode(code, { language: 'sh' })).output;
}

async function onlyContainer(): Promise<string> {
  const [only, ...others] = await containers.list();
  expect(others).toEqual([]);
  return only?.Id ?? 'none';
}

/** A container of ours in a state of its own. */
async function made(name: string, options: { readonly start: boolean; readonly expiresMs: number }): Promise<string> {
  const own = { 'sandpod.managed': 'true', 'sandpod.id': name, 'sandpod.expires': String(options.expiresMs) };
  const Labels = { ...containers.labels, ...own };
  const container = await docker.createContainer({ name, Image: BUSYBOX, Cmd: ['sleep', '60'], Labels });
  if (options.start) await container.start();
  return container.id;
}

describe('with autoRemove: false a container', () => {
  it('outlives its scope and is met again by its name, also by another process', async () => {
    const options = kept();
    {
      await using first = executor(options);
      await shell(first, 'echo kept > note.txt');
    }
    const id = await onlyContainer();
    {
      await using again = executor(options);
      expect(await shell(again, 'cat note.txt')).toBe('kept\n');
      expect(await onlyContainer()).toBe(id);
    }
    await using attached = await containers
      .provider()
      .attach({ id: (await docker.getContainer(id).inspect()).Config.Labels['sandpod.id'] ?? '' });
    expect(await attached.readTextFile({ path: 'note.txt' })).toBe('kept\n');
  });

  it('is removed by stop() and replaced by restart()', async () => {
    const one = executor(kept());
    await shell(one, 'echo old > note.txt');
    const id = await onlyContainer();
    await one.restart();
    expect(await shell(one, 'ls')).not.toContain('note.txt');
    expect(await onlyContainer()).not.toBe(id);
    await one.stop();
    expect(await containers.leftAfter(5_000)).toEqual([]);
  });

  it('that an earlier executor has left is removed by stop(), others are not', async () => {
    const options = kept();
    const neighbour = kept({ containerName: `${options.containerName}.0` });
    for (const each of [options, neighbour]) {
      await using left = executor(each);
      await left.start();
    }
    await executor(options).stop();
    expect((await containers.list()).flatMap(({ Names }) => Names)).toEqual([`/${neighbour.containerName}`]);
    await executor(neighbour).stop();
    expect(await containers.leftAfter(5_000)).toEqual([]);
  });

  it('that was lost is not met again', async () => {
    await using one = executor(kept());
    await shell(one, 'true');
    const id = await onlyContainer();
    const running = one.runCode('sleep 30', { language: 'sh' });
    await expect
      .poll(async () => JSON.stringify((await docker.getContainer(id).top()).Processes), { timeout: 10_000 })
      .toContain('sleep 30');
    await docker.getContainer(id).kill({ signal: 'SIGKILL' });
    expect(await running).toMatchObject({ outcome: 'session-lost', exitCode: null, stateLost: true });
    expect(await shell(one, 'echo new')).toBe('new\n');
    expect(await onlyContainer()).not.toBe(id);
  });

  it('is shared by three who want it at once, and ready for all', async () => {
    const options = kept({ initCommand: 'sleep 1; echo made >> note.txt' });
    const sandboxes = await Promise.all([1, 2, 3].map(() => containers.provider(options).create()));
    expect(await Promise.all(sandboxes.map((each) => each.readTextFile({ path: 'note.txt' })))).toEqual(Array(3).fill('made\n'));
    expect(new Set(sandboxes.map(({ containerId }) => containerId)).size).toBe(1);
    for (const sandbox of sandboxes) await sandbox[Symbol.asyncDispose]();
  });
});

describe('a name that is taken', () => {
  it('by a living container of ours is refused with autoRemove, and that container goes on', async () => {
    const provider = containers.provider({ containerName: nextName() });
    await using first = await provider.create();
    await expect(provider.create()).rejects.toMatchObject({ code: 'sandbox-exists', advice: expect.stringContaining('autoRemove: false') });
    expect((await first.run({ command: 'true' })).exitCode).toBe(0);
  });

  it('by one that was made with other options is refused', async () => {
    const options = kept();
    await (await containers.provider({ ...options, network: 'bridge' }).create())[Symbol.asyncDispose]();
    await expect(containers.provider(options).create()).rejects.toMatchObject({
      code: 'sandbox-exists',
      message: expect.stringContaining('other options'),
    });
  });

  it.each([true, false])('by a container of somebody else is refused with advice and left alone, autoRemove: %s', async (autoRemove) => {
    const options = kept({ autoRemove });
    const foreign = await docker.createContainer({
      name: options.containerName,
      Image: BUSYBOX,
      Cmd: ['sleep', '60'],
      Labels: containers.labels,
    });
    await expect(containers.provider(options).create()).rejects.toMatchObject({
      code: 'sandbox-exists',
      message: expect.stringContaining('did not make'),
      advice: expect.stringContaining('docker rm -f'),
    });
    expect((await foreign.inspect()).State.Status).toBe('created');
  });

  it('by one that is paused is refused', async () => {
    const options = kept();
    const sandbox = await containers.provider(options).create();
    await docker.getContainer(sandbox.containerId).pause();
    await expect(containers.provider(options).create()).rejects.toMatchObject({ advice: expect.stringContaining('docker unpause') });
    await docker.getContainer(sandbox.containerId).unpause();
    await sandbox[Symbol.asyncDispose]();
  });

  it.each([
    ['has expired', { start: true, expiresMs: Date.now() - 1_000 }],
    ['was never started and has expired', { start: false, expiresMs: Date.now() - 1_000 }],
  ])('by one of ours that %s becomes free', async (_, state) => {
    for (const autoRemove of [true, false]) {
      const options = kept({ autoRemove });
      const dead = await made(options.containerName ?? '', state);
      await using sandbox = await containers.provider(options).create();
      expect(sandbox.containerId).not.toBe(dead);
      await docker.getContainer(sandbox.containerId).remove({ force: true });
    }
  });

  it('by one that is being started ends at the start timeout, which names it', async () => {
    const options = kept();
    await made(options.containerName ?? '', { start: false, expiresMs: Date.now() + 60_000 });
    await expect(containers.provider(options).create({ startTimeoutMs: 1_000 })).rejects.toMatchObject({
      code: 'start-timeout',
      message: expect.stringContaining(options.containerName ?? ''),
    });
  });
});
