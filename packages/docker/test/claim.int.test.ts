import { setTimeout as pause } from 'node:timers/promises';
import type { SandboxInfo } from '@sandpod/core';
import { afterEach, describe, expect, it } from 'vitest';
import type { DockerSandbox, DockerSandboxProvider } from '../src/index.ts';
import { Racers } from './fixtures/start-client.ts';
import { BUSYBOX, docker, TestContainers } from './fixtures/test-docker.ts';

const containers = new TestContainers('claim');
const clientOptions = { image: BUSYBOX, labels: containers.labels };

afterEach(async () => {
  await containers.removeAll();
  expect(await containers.leftAfter(5_000)).toEqual([]);
});

/** The id of a sandbox that can be claimed, with a program of its maker still running. */
async function warmSandbox(provider: DockerSandboxProvider): Promise<string> {
  const sandbox = await provider.create({ isClaimable: true });
  await sandbox.run({ command: '(trap "" TERM; exec sleep 1234) >/dev/null 2>&1 &' });
  await sandbox.detach({ leftovers: 'keep' });
  return sandbox.id;
}

async function infoOf(provider: DockerSandboxProvider, id: string): Promise<SandboxInfo | undefined> {
  return (await Array.fromAsync(provider.list())).find((info) => info.id === id);
}

async function processes({ containerId }: DockerSandbox): Promise<string> {
  return JSON.stringify((await docker.getContainer(containerId).top()).Processes);
}

describe('a claim', () => {
  it('is won by exactly one of eight processes at once, and list() shows the winner', { timeout: 180_000 }, async () => {
    const provider = containers.provider();
    await using racers = await Racers.start(8, 'claim', clientOptions);
    for (let round = 0; round < 3; round += 1) {
      const id = await warmSandbox(provider);
      expect(await infoOf(provider, id)).toMatchObject({ isClaimable: true });
      const outcomes = await racers.race(id);
      const won = outcomes.filter((outcome) => outcome.startsWith('won '));
      expect(won).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'lost')).toHaveLength(7);
      const name = won[0]?.split(' ')[2];
      expect(won[0]).toBe(`won ${id} ${name}`);
      expect(await infoOf(provider, id)).toMatchObject({ isClaimable: false, name });
      const attached = await provider.attach({ name: name ?? '' });
      expect(await processes(attached)).not.toContain('sleep 1234');
      await attached[Symbol.asyncDispose]();
    }
  });

  it('ends what ran before, keeps files, and can set the expiry', async () => {
    const provider = containers.provider();
    const maker = await provider.create({ isClaimable: true });
    await maker.writeTextFile({ path: 'warm.txt', content: 'warm' });
    const running = maker.run({ command: 'sleep 60' });
    running.catch(() => {});
    await using claimed = await containers.provider().claim({ id: maker.id, expiresInMs: 30_000 });
    expect(claimed?.id).toBe(maker.id);
    expect(await claimed?.readTextFile({ path: 'warm.txt' })).toBe('warm');
    await expect(running).rejects.toMatchObject({ outcome: 'session-lost' });
    expect((await infoOf(provider, maker.id))?.expiresMs).toBeLessThanOrEqual(Date.now() + 30_000);
  });

  it('of a name that is taken fails, and the sandbox can be claimed with another one', async () => {
    const provider = containers.provider();
    const name = `taken-${process.pid}`;
    await using _holder = await provider.create({ name });
    const id = await warmSandbox(provider);
    await expect(provider.claim({ id, name })).rejects.toMatchObject({ code: 'sandbox-exists' });
    expect(await infoOf(provider, id)).toMatchObject({ isClaimable: true });
    await using claimed = await provider.claim({ id, name: `${name}-2` });
    expect(claimed?.name).toBe(`${name}-2`);
  });

  it('without a name removes the name that the maker chose', async () => {
    const provider = containers.provider();
    const name = `maker-${process.pid}`;
    const maker = await provider.create({ name, isClaimable: true });
    await maker.detach();
    await using claimed = await provider.claim({ id: maker.id });
    expect(claimed?.name).toBeUndefined();
    await using next = await provider.create({ name });
    expect(next.name).toBe(name);
  });

  it('of a sandbox that was not created to be claimed gets nothing', async () => {
    const provider = containers.provider();
    await using sandbox = await provider.create();
    expect(await provider.claim({ id: sandbox.id })).toBeUndefined();
    expect((await sandbox.run({ command: 'true' })).exitCode).toBe(0);
  });

  it('of no living sandbox is an error', async () => {
    await expect(containers.provider().claim({ id: 'no-such' })).rejects.toMatchObject({ code: 'sandbox-not-found' });
  });

  it('that is aborted leaves the sandbox to others', async () => {
    const provider = containers.provider();
    for (const delayMs of [0, 10, 30]) {
      const id = await warmSandbox(provider);
      const abort = new AbortController();
      const claiming = provider.claim({ id, abortSignal: abort.signal });
      setTimeout(() => abort.abort(new Error('enough')), delayMs);
      await expect(claiming).rejects.toThrow('enough');
      await pause(500);
      // Removed, or free again; never claimed by no one.
      const info = await infoOf(provider, id);
      expect(info?.isClaimable ?? true).toBe(true);
    }
  });
});
