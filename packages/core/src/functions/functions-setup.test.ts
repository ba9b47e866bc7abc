import { afterEach, expect, test, vi } from 'vitest';
import type { RunOptions, RunResult } from '../contract/process.ts';
import type { Sandbox } from '../contract/sandbox.ts';
import { ProcessLost } from '../errors/process-lost.ts';
import { FunctionsSetup } from './functions-setup.ts';

const ADD = { source: 'def add(a, b):\n    return a + b', pythonPackages: ['pandas', 'numpy'] };

type Answer = (options: RunOptions) => Promise<RunResult>;

/** A sandbox that answers one run after the other, and keeps files. */
function sandboxOf(...answers: Answer[]): {
  readonly sandbox: Sandbox;
  readonly runs: RunOptions[];
  readonly kept: Map<string, Uint8Array>;
} {
  const runs: RunOptions[] = [];
  const kept = new Map<string, Uint8Array>();
  const run: Answer = (options) => {
    runs.push(options);
    for (const { path, content } of options.files ?? []) kept.set(path, Buffer.from(content));
    return answers.shift()?.(options) ?? Promise.reject(new Error('one run too many'));
  };
  const files: Partial<Sandbox> = {
    readBinaryFile: async ({ path }) => kept.get(path) ?? null,
    writeBinaryFile: async ({ path, content }) => void kept.set(path, content),
    listDirectory: async ({ path }) =>
      [...kept.keys()].filter((key) => key.startsWith(`${path}/`)).map((key) => ({ name: key.slice(path.length + 1), type: 'file' })),
    deleteFile: async ({ path }) => kept.delete(path),
  };
  return { sandbox: { ...files, workspace: '/workspace', run } as unknown as Sandbox, runs, kept };
}

const ended = (exitCode: number, stderr = ''): Promise<RunResult> =>
  Promise.resolve({ exitCode, stdout: '', stderr, outcome: exitCode === 0 ? 'ok' : 'failed' });

/** What the check of a module prints: the mark that it was given, and PYTHONPATH. */
const loaded: Answer = ({ argv = ['python3'] }) =>
  Promise.resolve({ exitCode: 0, stdout: `noise\n${argv.at(-1)}/own/path\n`, stderr: '', outcome: 'ok' });

function ensure(
  setup: FunctionsSetup,
  sandbox: Sandbox,
  abortSignal: AbortSignal = new AbortController().signal,
): {
  readonly ready: Promise<readonly string[]>;
  readonly discard: () => void;
} {
  const discard = vi.fn<() => void>();
  const ensured = setup.ensure({ sandbox, python: ['python3'], env: { A: '1' }, abortSignal, onProgress: () => {}, discard });
  const ready = ensured.then(async () => {
    await setup.restore({ sandbox, abortSignal });
    return setup.pythonPath(sandbox);
  });
  return { ready, discard };
}

function setupOf(functions: readonly (string | typeof ADD)[] = [ADD]): FunctionsSetup {
  return new FunctionsSetup({ functions, moduleName: 'functions', packageIndex: undefined, timeoutMs: 60_000 });
}

afterEach(() => void vi.useRealTimers());

test('all packages are one call of pip, away from the workspace; then the module is written and loaded', async () => {
  const { sandbox, runs } = sandboxOf(() => ended(0), loaded);
  const setup = setupOf([ADD, { ...ADD, source: 'def two(): pass' }]);
  expect(await ensure(setup, sandbox).ready).toEqual(['/workspace', '/workspace/.packages', '/own/path']);
  expect(runs[0]).toMatchObject({ cwd: '/', env: { A: '1' } });
  expect(runs[0]?.argv?.slice(-4)).toEqual(['--target', '/workspace/.packages', 'pandas', 'numpy']);
  expect(runs[1]?.files?.map(({ path }) => path)).toEqual(['functions.py']);
  expect(await ensure(setup, sandbox).ready).toHaveLength(3);
  expect(runs).toHaveLength(2);
});

test('a module that another executor has put in its place is written again, and its compiled form removed', async () => {
  const { sandbox, kept } = sandboxOf(loaded, loaded);
  const setup = setupOf(['def f(): pass']);
  await ensure(setup, sandbox).ready;
  const mine = kept.get('functions.py');
  await ensure(setupOf(['def g(): pass']), sandbox).ready;
  for (const name of ['functions.cpython-312.pyc', 'other.cpython-312.pyc']) kept.set(`__pycache__/${name}`, Buffer.from('compiled'));
  expect(kept.get('functions.py')).not.toEqual(mine);
  await ensure(setup, sandbox).ready;
  expect(kept.get('functions.py')).toEqual(mine);
  expect([...kept.keys()]).toEqual(['functions.py', '__pycache__/other.cpython-312.pyc']);
});

test('a load that says 0 without the mark has failed', async () => {
  const { sandbox } = sandboxOf(() => ended(0, 'bye'));
  await expect(ensure(setupOf(['def f(): pass']), sandbox).ready).rejects.toThrow('Functions failed to load:\nbye');
});

test('what Python wrote is shown without commands for the terminal, its end only', async () => {
  const { sandbox } = sandboxOf(() => ended(1, `${'x'.repeat(9_000)}\u001b]0;title\u0007\u001b[31mred`));
  const error: unknown = await ensure(setupOf(['def f(): pass']), sandbox).ready.catch((reason: unknown) => reason);
  expect((error as Error).message).toContain('red');
  expect((error as Error).message).not.toContain('title');
  expect((error as Error).message.length).toBeLessThan(2_100);
});

test('a sandbox that is lost meanwhile is an error that another try may mend', async () => {
  const lost = new ProcessLost({ outcome: 'session-lost', reason: 'The pod is gone.' });
  const { sandbox } = sandboxOf(() => Promise.reject(lost));
  await expect(ensure(setupOf(), sandbox).ready).rejects.toThrow(
    expect.objectContaining({
      code: 'functions-failed',
      isRetryable: true,
      cause: lost,
      message: expect.stringContaining('The pod is gone.'),
    }),
  );
});

test('without functions nothing runs; without Python they are unsupported', async () => {
  const { sandbox, runs } = sandboxOf();
  expect(await ensure(setupOf([]), sandbox).ready).toEqual([]);
  const options = {
    sandbox,
    python: undefined,
    env: {},
    abortSignal: new AbortController().signal,
    onProgress: () => {},
    discard: () => {},
  };
  await expect(setupOf().ensure(options)).rejects.toThrow(expect.objectContaining({ code: 'unsupported' }));
  expect(runs).toEqual([]);
});

test('a sandbox in which an aborted set-up does not die is given up', async () => {
  vi.useFakeTimers();
  const reason = new Error('enough');
  const controller = new AbortController();
  const { sandbox } = sandboxOf(() => new Promise(() => {}));
  const { ready, discard } = ensure(setupOf(), sandbox, controller.signal);
  const failing = expect(ready).rejects.toBe(reason);
  controller.abort(reason);
  await vi.advanceTimersByTimeAsync(60_000);
  await failing;
  expect(discard).toHaveBeenCalledOnce();
});
