import { afterEach, describe, expect, it } from 'vitest';
import {
  DockerCommandLineCodeExecutor,
  type DockerCommandLineCodeExecutorOptions,
  type DockerSandboxProviderOptions,
} from '../src/index.ts';
import { BUSYBOX, docker, TestContainers } from './fixtures/test-docker.ts';

const containers = new TestContainers('reuse');
let count = 0;

afterEach(async () => {
  await containers.removeAll();
  expect(await containers.leftAfter(5_000)).toEqual([]);
});

function kept(options: DockerSandboxProviderOptions = {}): DockerSandboxProviderOptions {
  return { containerName: nextName(), autoRemove: false, expiresInMs: 60_000, ...options };
}

function nextName(): string {
  count += 1;
  return `reuse-${process.pid}-${count}`;
}

function executor(options: DockerCommandLineCodeExecutorOptions): DockerCommandLineCodeExecutor {
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

/** A container with sandpod's labels, in a given state. */
async function made(name: string, options: { readonly start: boolean; readonly expiresMs: number }): Promise<string> {
  const own = { 'sandpod.managed': 'true', 'sandpod.id': name, 'sandpod.expires': String(options.expiresMs) };
  const Labels = { ...containers.labels, 'sandpod.user': '1000:1000', ...own };
  // A keeper whose time is over, and that does not end.
  const Cmd = ['sh', '-c', 'echo 1 1 >/.sandpod/end; exec sleep 60'];
  const HostConfig = { Tmpfs: { '/.sandpod': 'mode=0777' } };
  const container = await docker.createContainer({ name, Image: BUSYBOX, Cmd, Labels, HostConfig });
  if (options.start) await container.start();
  return container.id;
}

describe('with autoRemove: false a container', () => {
  it('stays if it has the containerName of an executor that is attached to it', async () => {
    const options = kept();
    await using owner = executor(options);
    await owner.start();
    const id = await onlyContainer();
    const { Config } = await docker.getContainer(id).inspect();
    const attached = executor({ ...options, attachTo: { id: Config.Labels['sandpod.id'] ?? '' } });
    await attached.start();
    await attached.stop();
    expect(await onlyContainer()).toBe(id);
  });

  it('stays after its scope and is reused by its name, also by another process', async () => {
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

  it('has no process of an earlier owner, also if that one never ended', async () => {
    const options = kept();
    const spy = 'setsid sh -c "while :; do sleep 0.1; done" spy </dev/null >/dev/null 2>&1 &';
    await using crashed = executor(options);
    await shell(crashed, spy);
    const spies = 'for p in /proc/[0-9]*; do (tr "\\0" " " <$p/cmdline) 2>/dev/null | grep -c "done spy"; done | grep -c 1';
    expect(await shell(crashed, spies)).toBe('1\n');
    await using next = executor(options);
    expect(await shell(next, spies)).toBe('0\n');
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

  it('that an earlier executor has left is removed by stop(); other containers are not', async () => {
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

  it('that was lost is not reused', async () => {
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

  it('is shared by three clients that start at once, and ready for each', async () => {
    const options = kept({ initCommand: 'sleep 1; echo made >> note.txt' });
    const sandboxes = await Promise.all([1, 2, 3].map(() => containers.provider(options).create()));
    expect(await Promise.all(sandboxes.map((each) => each.readTextFile({ path: 'note.txt' })))).toEqual(Array(3).fill('made\n'));
    expect(new Set(sandboxes.map(({ containerId }) => containerId)).size).toBe(1);
    for (const sandbox of sandboxes) await sandbox[Symbol.asyncDispose]();
  });
});

describe('a name that is taken', () => {
  it('by a running container is an error with autoRemove, and that container stays', async () => {
    const provider = containers.provider({ containerName: nextName() });
    await using first = await provider.create();
    await expect(provider.create()).rejects.toMatchObject({ code: 'sandbox-exists', advice: expect.stringContaining('autoRemove: false') });
    expect((await first.run({ command: 'true' })).exitCode).toBe(0);
  });

  it('by a container that was created with other options is an error', async () => {
    const options = kept();
    await (await containers.provider({ ...options, network: 'bridge' }).create()).detach();
    await expect(containers.provider(options).create()).rejects.toMatchObject({
      code: 'sandbox-exists',
      message: expect.stringContaining('other options'),
    });
  });

  it.each([true, false])(
    'by a container that sandpod did not create is an error with advice, and that container stays, autoRemove: %s',
    async (autoRemove) => {
      const options = kept({ autoRemove });
      const foreign = await docker.createContainer({
        name: options.containerName,
        Image: BUSYBOX,
        Cmd: ['sleep', '60'],
        Labels: containers.labels,
      });
      await expect(containers.provider(options).create()).rejects.toMatchObject({
        code: 'sandbox-exists',
        message: expect.stringContaining('did not create'),
        advice: expect.stringContaining('docker rm -f'),
      });
      expect((await foreign.inspect()).State.Status).toBe('created');
    },
  );

  it('by a paused container is an error', async () => {
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
  ])('by a sandpod container that %s becomes free', async (_, state) => {
    for (const autoRemove of [true, false]) {
      const options = kept({ autoRemove });
      const dead = await made(options.containerName ?? '', state);
      await using sandbox = await containers.provider(options).create();
      expect(sandbox.containerId).not.toBe(dead);
      await docker.getContainer(sandbox.containerId).remove({ force: true });
    }
  });

  it('by a container that is being started is an error at the start timeout, which names it', async () => {
    const options = kept();
    await made(options.containerName ?? '', { start: false, expiresMs: Date.now() + 60_000 });
    await expect(containers.provider(options).create({ startTimeoutMs: 1_000 })).rejects.toMatchObject({
      code: 'start-timeout',
      message: expect.stringContaining(options.containerName ?? ''),
    });
  });
});
