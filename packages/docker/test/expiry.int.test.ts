import { setTimeout as pause } from 'node:timers/promises';
import type { SandboxInfo } from '@sandpod/core';
import { afterEach, describe, expect, it } from 'vitest';
import type { DockerSandbox, DockerSandboxProvider, DockerSandboxProviderOptions } from '../src/index.ts';
import { crash, nextText, startClient } from './fixtures/start-client.ts';
import { BUSYBOX, docker, SLIM, TestContainers } from './fixtures/test-docker.ts';

const containers = new TestContainers('expiry');

afterEach(async () => {
  await containers.removeAll();
  expect(await containers.leftAfter(5_000)).toEqual([]);
});

async function infoOf(provider: DockerSandboxProvider, { id }: DockerSandbox): Promise<SandboxInfo | undefined> {
  return (await Array.fromAsync(provider.list())).find((info) => info.id === id);
}

async function shell(sandbox: DockerSandbox, command: string): Promise<string> {
  const { stdout, stderr } = await sandbox.run({ command });
  return stdout + stderr;
}

/** Milliseconds until a container ends. */
async function lifetime(sandbox: DockerSandbox): Promise<number> {
  const startedMs = performance.now();
  await sandbox.lost;
  return performance.now() - startedMs;
}

// The shell of the slim image is dash.
describe.each([BUSYBOX, SLIM])('extend, in a container from %s', (image) => {
  it('to a later time: the container lives on after its first expiry, and ends at the new one', async () => {
    const sandbox = await containers.provider({ image, expiresInMs: 3_000 }).create();
    await sandbox.extend({ expiresInMs: 7_000 });
    expect(await Promise.race([sandbox.lost, pause(4_500, 'alive')])).toBe('alive');
    expect(await shell(sandbox, 'echo on')).toBe('on\n');
    expect(await lifetime(sandbox)).toBeLessThan(6_000);
  });

  it('to an earlier time takes effect at once', async () => {
    const sandbox = await containers.provider({ image }).create();
    await sandbox.extend({ expiresInMs: 1_000 });
    expect(await lifetime(sandbox)).toBeLessThan(5_000);
  });

  it('works while programs are as many as the container may have, and afterwards', async () => {
    const provider = containers.provider({ image, limits: { processes: 32 } });
    await using sandbox = await provider.create();
    const bomb = sandbox.run({ command: 'b() { b | b & }; b; while :; do :; done', timeoutMs: 4_000 });
    bomb.catch(() => {});
    await pause(1_000);
    await sandbox.extend({ expiresInMs: 120_000 }).catch(() => {});
    await expect(bomb).rejects.toMatchObject({ outcome: 'timeout' });
    await sandbox.extend({ expiresInMs: 600_000 });
    expect((await infoOf(provider, sandbox))?.expiresMs).toBeGreaterThan(Date.now() + 500_000);
    await sandbox.extend({ expiresInMs: 1_000 });
    expect(await lifetime(sandbox)).toBeLessThan(5_000);
  });
});

describe('the expiry', () => {
  it('that list reports is the true one, also for another process', async () => {
    await using sandbox = await containers.provider({ expiresInMs: 60_000 }).create();
    const expiresIn = async (): Promise<number> => ((await infoOf(containers.provider(), sandbox))?.expiresMs ?? Number.NaN) - Date.now();
    expect(await expiresIn()).toBeGreaterThan(50_000);
    expect(await expiresIn()).toBeLessThanOrEqual(60_000);
    await sandbox.extend({ expiresInMs: 600_000 });
    expect(await expiresIn()).toBeGreaterThan(590_000);
    expect(await expiresIn()).toBeLessThanOrEqual(600_000);
  });

  it('can be none: list reports none, describe() names the weakness, and it can be set later', async () => {
    const provider = containers.provider({ expiresInMs: null });
    const sandbox = await provider.create();
    expect(await infoOf(provider, sandbox)).not.toHaveProperty('expiresMs');
    expect(provider.describe().weaknesses.join()).toContain('expiresInMs: null');
    expect((await provider.sweep()).kept).toContain(sandbox.id);
    await sandbox.extend({ expiresInMs: 1_000 });
    expect(await lifetime(sandbox)).toBeLessThan(5_000);
  });

  it('can be removed from one sandbox, which describe() then names', async () => {
    const provider = containers.provider();
    await using sandbox = await provider.create();
    expect(provider.describe().weaknesses).toEqual([]);
    await sandbox.extend({ expiresInMs: null });
    expect(provider.describe().weaknesses.join()).toContain('expiresInMs: null');
    expect(await infoOf(provider, sandbox)).not.toHaveProperty('expiresMs');
  });

  it('comes without a client, also after it was moved', async () => {
    const name = `gone-${process.pid}`;
    const client = startClient({
      phase: 'extending',
      id: name,
      options: { image: BUSYBOX, labels: containers.labels, expiresInMs: 1_000 },
    });
    expect(await nextText(client)).toBe('extended');
    await crash(client);
    await pause(1_500);
    expect(await containers.list()).toHaveLength(1);
    expect(await containers.leftAfter(8_000)).toEqual([]);
  });

  it('of a sandbox that has ended cannot be moved', async () => {
    const sandbox = await containers.provider().create();
    const attached = await containers.provider().attach({ id: sandbox.id });
    await docker.getContainer(sandbox.containerId).kill();
    await expect(attached.extend({ expiresInMs: 1_000 })).rejects.toMatchObject({
      code: expect.stringMatching(/^(sandbox-ended|transport)$/),
    });
  });
});

describe('guest code cannot move the expiry', () => {
  const guests: [string, DockerSandboxProviderOptions][] = [
    ['an ordinary user', {}],
    ['nobody', { user: '65534' }],
    ['a member of the group of nobody', { user: '1000:65534' }],
    ['root', { runAsRoot: true }],
    ['root that may write everywhere', { runAsRoot: true, writableRoot: true, allowPrivilegeEscalation: true }],
  ];

  it.each(guests)('as %s: neither the file nor the keeper can be reached', async (_, options) => {
    const provider = containers.provider({ ...options, expiresInMs: 60_000 });
    await using sandbox = await provider.create();
    const attempts = [
      'ls /.sandpod',
      'cat /.sandpod/end',
      'echo never >/.sandpod/end',
      'rm -rf /.sandpod/end',
      'umount /.sandpod',
      'mv /.sandpod /tmp/away',
      'chmod 777 /.sandpod',
    ];
    for (const attempt of attempts) {
      expect(await shell(sandbox, `${attempt}; echo code $?`), attempt).toMatch(/code [1-9]\d*\n/);
    }
    await shell(
      sandbox,
      'for p in $(ls /proc); do case $p in *[!0-9]*) ;; *) [ "$p" = $$ ] || [ "$p" = $PPID ] || kill -STOP $p 2>/dev/null; done; true',
    ).catch(() => {});
    const { expiresMs = Number.NaN } = (await infoOf(provider, sandbox)) ?? {};
    expect(expiresMs).toBeLessThan(Date.now() + 60_000);
    expect(expiresMs).toBeGreaterThan(Date.now());
  });

  it("programs that it puts into the container's PATH do not run as the keeper", async () => {
    const provider = containers.provider({ env: { PATH: '/workspace:/bin:/usr/bin' } });
    await using sandbox = await provider.create();
    const spy = '#!/bin/sh\nid -u >>/workspace/spied\nexec /bin/busybox "${0##*/}" "$@"\n';
    for (const program of ['sh', 'sleep', 'rm', 'kill']) {
      await sandbox.writeTextFile({ path: program, content: spy });
      await sandbox.run({ argv: ['/bin/chmod', '755', program] });
    }
    await sandbox.writeTextFile({ path: 'spied', content: '' });
    await sandbox.run({ argv: ['/bin/chmod', '666', 'spied'] });
    await sandbox.extend({ expiresInMs: 60_000 });
    await Array.fromAsync(provider.list());
    expect(await sandbox.readTextFile({ path: 'spied' })).not.toContain('65534');
  });
});

describe('a sweep', () => {
  it('keeps a running container that was extended beyond the expiry on its label', async () => {
    const provider = containers.provider({ expiresInMs: 2_000 });
    await using sandbox = await provider.create();
    await sandbox.extend({ expiresInMs: 60_000 });
    await pause(2_500);
    expect(await containers.provider().sweep()).toMatchObject({ kept: expect.arrayContaining([sandbox.id]) });
    expect(await shell(sandbox, 'echo on')).toBe('on\n');
  });

  it('keeps and reports a container whose keeper does not answer, although its label has expired', async () => {
    const provider = containers.provider({ expiresInMs: 4_000 });
    await using sandbox = await provider.create();
    await docker.getContainer(sandbox.containerId).pause();
    await pause(4_500);
    const { failed, removed } = await provider.sweep();
    expect(removed).not.toContain(sandbox.id);
    expect(failed).toContainEqual({ id: sandbox.id, reason: expect.stringContaining('expiry is unknown') });
    await docker.getContainer(sandbox.containerId).unpause();
    expect(await lifetime(sandbox)).toBeLessThan(5_000);
  });
});
