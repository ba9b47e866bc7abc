import { expect, test } from 'vitest';
import { FakeProvider } from '../../test/fixtures/fake-provider.ts';
import type { ExecuteOptions } from '../contract/code-executor.ts';
import type { CodeResult } from '../contract/code-result.ts';
import type { ErrorCode } from '../errors/error-codes.ts';
import { ProcessLost } from '../errors/process-lost.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import { CommandLineCodeExecutor } from './command-line-code-executor.ts';

const PRINT = [{ language: 'sh', code: 'print' }];

/** The result of a call whose operation in the sandbox fails, the types of its events, and the executor. */
async function troubled(
  operation: 'spawn' | 'write',
  error: Error,
  options: ExecuteOptions = {},
): Promise<{ result: CodeResult; events: string[]; provider: FakeProvider; executor: CommandLineCodeExecutor }> {
  const provider = new FakeProvider();
  const executor = new CommandLineCodeExecutor({ provider });
  await executor.execute(PRINT);
  provider.last.errors.set(operation, error);
  const events: string[] = [];
  let result: CodeResult | undefined;
  for await (const event of executor.stream(PRINT, options)) {
    events.push(event.type);
    if (event.type === 'end') result = event.result;
  }
  if (result === undefined) throw new Error('Expected a result.');
  return { result, events, provider, executor };
}

const failure = (code: ErrorCode): SandpodError => new SandpodError({ code, message: `It is ${code}.` });

test('a sandbox that has ended unnoticed is replaced, and the call runs in the new one', async () => {
  const { result, events, provider } = await troubled('spawn', failure('sandbox-ended'));
  expect(result).toMatchObject({ outcome: 'ok', stdout: 'print', stateLost: true });
  expect(provider.sandboxes).toHaveLength(2);
  expect(events.filter((type) => type === 'block-start')).toHaveLength(1);
  expect(events.filter((type) => type === 'block-end')).toHaveLength(1);
});

test('a program that may have begun in a sandbox that is gone is not started again', async () => {
  const { result, provider, executor } = await troubled('spawn', new ProcessLost({ outcome: 'evicted', reason: 'The node is full.' }));
  expect(result).toMatchObject({ outcome: 'evicted', reason: 'The node is full.' });
  expect(provider.sandboxes).toHaveLength(1);
  await executor.stop();
});

test('a sandbox that can start no more programs is a result with its reason; the next call has a new sandbox', async () => {
  const { result, executor, provider } = await troubled('spawn', failure('sandbox-unusable'));
  expect(result).toMatchObject({ outcome: 'session-lost', exitCode: null, reason: 'It is sandbox-unusable.', stateLost: true });
  expect(await executor.execute(PRINT)).toMatchObject({ outcome: 'ok', stateLost: false });
  expect(provider.sandboxes).toHaveLength(2);
});

test.for([
  ['spawn', 'invalid-path', 'refused'],
  ['spawn', 'program-not-found', 'refused'],
  ['spawn', 'disk-full', 'disk-limit'],
  ['write', 'invalid-path', 'refused'],
  ['write', 'disk-full', 'disk-limit'],
] as const)('if %s fails with %s, for which guest code is responsible, the outcome is %s', async ([operation, code, outcome]) => {
  const options = operation === 'write' ? { files: [{ path: 'a', content: 'b' }], collectFiles: true } : {};
  const { result, provider } = await troubled(operation, failure(code), options);
  expect(result).toMatchObject({ outcome, exitCode: null, reason: `It is ${code}.`, stateLost: false });
  expect(provider.sandboxes).toHaveLength(1);
});

test('a failure of the platform before anything started is still thrown', async () => {
  await expect(troubled('spawn', failure('transport'))).rejects.toMatchObject({ code: 'transport' });
});

test('a full workspace gives up old code files, so that the code that empties it can run', async () => {
  const provider = new FakeProvider();
  await using executor = new CommandLineCodeExecutor({ provider });
  await executor.execute(PRINT);
  const { last } = provider;
  const [old = ''] = last.files.keys();
  last.maxFiles = 1;
  expect(await executor.execute([{ language: 'sh', code: 'empty' }])).toMatchObject({ outcome: 'ok', stdout: 'empty', stateLost: false });
  expect([...last.files.keys()]).not.toContain(old);
  last.maxFiles = 0;
  expect(await executor.execute(PRINT)).toMatchObject({ outcome: 'disk-limit' });
});
