import { describe, expect, it, test, vi } from 'vitest';
import { FakeProvider } from '../../test/fixtures/fake-provider.ts';
import { CommandLineCodeExecutor } from './command-line-code-executor.ts';
import type { CommandLineOptions } from './command-line-options.ts';

const PRINT = [{ language: 'sh', code: 'print' }];

async function createExecutor(options: CommandLineOptions): Promise<{ executor: CommandLineCodeExecutor; provider: FakeProvider }> {
  const provider = new FakeProvider();
  const executor = new CommandLineCodeExecutor({ provider, ...options });
  await executor.start();
  return { provider, executor };
}

describe('leftovers', () => {
  it('end: ends every process after each call, before files are collected', async () => {
    const { executor, provider } = await createExecutor({ leftovers: 'end' });
    const sandbox = provider.last;
    const listTree = vi.spyOn(sandbox, 'listTree').mockImplementation(async () => {
      sandbox.log.push('list');
      return [];
    });
    expect(await executor.execute(PRINT, { collectFiles: true })).toMatchObject({ outcome: 'ok', stateLost: false });
    expect(sandbox.log).toEqual(['list', 'end-processes', 'list']);
    expect(listTree).toHaveBeenCalledTimes(2);
  });

  it('end: ends every process also after a call that was cancelled', async () => {
    const { executor, provider } = await createExecutor({ leftovers: 'end' });
    const result = await executor.execute([{ language: 'sh', code: 'loop' }], { abortSignal: AbortSignal.timeout(50) });
    expect(result.outcome).toBe('cancelled');
    expect(provider.last.log).toEqual(['end-processes']);
  });

  it('end: a sandbox in which a process may have survived is replaced; the result keeps its outcome', async () => {
    const { executor, provider } = await createExecutor({ leftovers: 'end' });
    provider.last.failing.add('end-processes');
    expect(await executor.execute(PRINT)).toMatchObject({ outcome: 'ok', exitCode: 0, stdout: 'print', stateLost: true });
    expect(provider.last.log).toEqual(['end-processes', 'remove']);
    expect(await executor.execute(PRINT)).toMatchObject({ outcome: 'ok', stateLost: false });
    expect(provider.sandboxes).toHaveLength(2);
  });

  it('end: asks nothing of a sandbox that has no background processes', async () => {
    const provider = new FakeProvider();
    provider.onCreate = (sandbox) => {
      Object.assign(sandbox, { capabilities: { ...sandbox.capabilities, backgroundProcesses: false } });
    };
    const executor = new CommandLineCodeExecutor({ provider, leftovers: 'end' });
    await executor.execute(PRINT);
    expect(provider.last.log).toEqual([]);
  });

  it('keep is the default', async () => {
    const { executor, provider } = await createExecutor({});
    await executor.execute(PRINT);
    expect(provider.last.log).toEqual([]);
  });
});

it('a sandbox that does not report its interpreters fails the start after startTimeoutMs, and is removed', async () => {
  const provider = new FakeProvider();
  provider.onCreate = (sandbox) => {
    sandbox.findPrograms = () => new Promise(() => {});
  };
  const executor = new CommandLineCodeExecutor({ provider, startTimeoutMs: 20 });
  await expect(executor.start()).rejects.toMatchObject({
    code: 'start-timeout',
    message: expect.stringContaining('interpreters within 20 ms'),
  });
  expect(provider.last.log).toEqual(['remove']);
});

it('expiresInMs: null reaches the provider', async () => {
  const provider = new FakeProvider();
  const create = vi.spyOn(provider, 'create');
  await new CommandLineCodeExecutor({ provider, expiresInMs: null }).start();
  expect(create).toHaveBeenCalledWith(expect.objectContaining({ expiresInMs: null }));
});

describe('autoRemove: false', () => {
  it('leaves the sandbox without its processes when the executor is disposed of', async () => {
    const { executor, provider } = await createExecutor({ autoRemove: false });
    await executor[Symbol.asyncDispose]();
    await executor.stop();
    expect(provider.last.log).toEqual(['end-processes', 'detach']);
  });

  it.each(['stop', 'restart'] as const)('%s() removes the sandbox', async (how) => {
    const { executor, provider } = await createExecutor({ autoRemove: false });
    await executor[how]();
    expect(provider.sandboxes[0]?.log).toEqual(['remove']);
  });

  it('removes a lost sandbox, at its replacement and at disposal', async () => {
    const { executor, provider } = await createExecutor({ autoRemove: false });
    const [first] = provider.sandboxes;
    first?.lose('evicted');
    expect(await executor.execute(PRINT)).toMatchObject({ outcome: 'ok', stateLost: true });
    provider.last.lose('evicted');
    await new Promise(setImmediate);
    await executor[Symbol.asyncDispose]();
    expect(provider.sandboxes.map(({ log }) => log)).toEqual([['remove'], ['remove']]);
  });

  it('removes a sandbox in which a process may have survived', async () => {
    const { executor, provider } = await createExecutor({ autoRemove: false });
    provider.last.failing.add('end-processes');
    await executor[Symbol.asyncDispose]();
    expect(provider.last.log).toEqual(['end-processes', 'remove']);
  });

  it.each([{ autoRemove: false }, { attachTo: { name: 'mine' } }])('%o needs a back end whose sandboxes outlive the process', (options) => {
    const provider = new FakeProvider({ attach: false });
    expect(() => new CommandLineCodeExecutor({ provider, ...options })).toThrow(
      expect.objectContaining({ code: 'unsupported', message: expect.stringContaining(Object.keys(options)[0] ?? '') }),
    );
  });
});

describe('attachTo', () => {
  it.each([{ id: 's0' }, { name: 'mine' }])('%o: attaches instead of creating, and files and code use that sandbox', async (attachTo) => {
    const { executor, provider } = await createExecutor({ attachTo });
    expect(provider.attached).toEqual([{ ...attachTo, abortSignal: expect.any(AbortSignal) }]);
    await executor.files.writeTextFile({ path: 'a', content: 'b' });
    expect([...provider.last.files.keys()]).toEqual(['a']);
    expect(await executor.execute(PRINT)).toMatchObject({ outcome: 'ok', stdout: 'print' });
  });

  it.each([
    ['stop', {}, ['detach']],
    ['asyncDispose', {}, ['detach']],
    ['stop', { leftovers: 'end' }, ['end-processes', 'detach']],
    ['stop', { autoRemove: true }, ['remove']],
  ] as const)('%s with %o', async (how, options, log) => {
    const { executor, provider } = await createExecutor({ attachTo: { id: 's0' }, ...options });
    await (how === 'stop' ? executor.stop() : executor[Symbol.asyncDispose]());
    expect(provider.last.log).toEqual(log);
    await executor.start();
    expect(provider.attached).toHaveLength(2);
  });

  it('detaches when the start is aborted after attaching', async () => {
    const provider = new FakeProvider();
    provider.onCreate = (sandbox) => {
      sandbox.findPrograms = () => Promise.reject(new Error('broken'));
    };
    const executor = new CommandLineCodeExecutor({ provider, attachTo: { id: 's0' } });
    await expect(executor.start()).rejects.toThrow('broken');
    expect(provider.last.log).toEqual(['detach']);
  });

  it('fails after startTimeoutMs, and detaches from a sandbox that answers later', async () => {
    const provider = new FakeProvider();
    const answer = Promise.withResolvers<void>();
    provider.onCreate = () => answer.promise;
    const executor = new CommandLineCodeExecutor({ provider, attachTo: { id: 's0' }, startTimeoutMs: 20 });
    await expect(executor.start()).rejects.toMatchObject({ code: 'start-timeout', message: expect.stringContaining('within 20 ms') });
    answer.resolve();
    await vi.waitFor(() => expect(provider.last.log).toEqual(['detach']));
  });

  it('restart() is unsupported and touches nothing', async () => {
    const { executor, provider } = await createExecutor({ attachTo: { id: 's0' } });
    await expect(executor.restart()).rejects.toThrow(expect.objectContaining({ code: 'unsupported' }));
    expect(provider.last.log).toEqual([]);
  });

  test.each([
    { canEnd: true, log: ['end-processes', 'detach'] },
    { canEnd: false, log: ['end-processes', 'remove'] },
  ])('a sandbox that hangs is left only if its processes can be ended ($canEnd)', async ({ canEnd, log }) => {
    const { executor, provider } = await createExecutor({ attachTo: { id: 's0' }, timeoutMs: 100 });
    const sandbox = provider.last;
    sandbox.hanging.add('write');
    if (!canEnd) sandbox.failing.add('end-processes');
    const result = await executor.execute([{ language: 'html', code: '' }]);
    expect(result).toMatchObject({ outcome: 'timeout', stateLost: true });
    await vi.waitFor(() => expect(sandbox.log).toEqual(log));
  });

  it.each([{}, { id: 'a', name: 'b' }])('refuses %o', (attachTo) => {
    const create = (): CommandLineCodeExecutor =>
      new CommandLineCodeExecutor({ provider: new FakeProvider(), attachTo: attachTo as { id: string } });
    expect(create).toThrow(/attachTo.*expected either id or name/);
  });
});
