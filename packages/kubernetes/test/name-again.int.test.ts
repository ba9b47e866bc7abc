import { afterAll, beforeAll, expect, test } from 'vitest';
import { PodCommandLineCodeExecutor } from '../src/index.ts';
import { TestNamespace } from './fixtures/test-namespace.ts';

let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await TestNamespace.create('name-again');
});
afterAll(() => namespace[Symbol.asyncDispose]());

test('after a pod with a name is lost, the next call gets a new pod of that name', { concurrent: true }, async () => {
  await using executor = new PodCommandLineCodeExecutor(namespace.options({ podName: 'lost' }));
  const lost = await executor.runCode('kill -TERM 1; sleep 60', { language: 'sh' });
  expect(lost).toMatchObject({ outcome: 'session-lost', stateLost: true });
  expect(await executor.runCode('echo again', { language: 'sh' })).toMatchObject({ outcome: 'ok', stdout: 'again\n' });
});

test('a call directly after a stop that is not awaited gets a new pod of the same name', { concurrent: true }, async () => {
  await using executor = new PodCommandLineCodeExecutor(namespace.options({ podName: 'stopped' }));
  await executor.start();
  const stopping = executor.stop();
  expect(await executor.runCode('echo again', { language: 'sh' })).toMatchObject({ outcome: 'ok', stdout: 'again\n' });
  await stopping;
});

test('a kept pod has no process of an earlier owner, also if that one never ended', { concurrent: true }, async () => {
  const options = namespace.options({ podName: 'kept', autoRemove: false });
  const spies = 'for p in /proc/[0-9]*; do (tr "\\0" " " <$p/cmdline) 2>/dev/null | grep -c "done spy"; done | grep -c 1';
  await using crashed = new PodCommandLineCodeExecutor(options);
  await crashed.runCode('setsid sh -c "while :; do sleep 0.1; done" spy </dev/null >/dev/null 2>&1 &', { language: 'sh' });
  expect(await crashed.runCode(spies, { language: 'sh' })).toMatchObject({ stdout: '1\n' });
  await using next = new PodCommandLineCodeExecutor(options);
  expect(await next.runCode(spies, { language: 'sh' })).toMatchObject({ stdout: '0\n' });
  await next.stop();
});

test('executors that share a kept pod have their own functions, under one module name', { concurrent: true }, async () => {
  const options = namespace.options({ podName: 'shared', autoRemove: false });
  const functions = (name: string): string[] => [`def ${name}():\n    return "${name}"`];
  await using first = new PodCommandLineCodeExecutor({ ...options, functions: functions('one') });
  await using second = new PodCommandLineCodeExecutor({ ...options, functions: functions('two') });
  for (const [executor, name] of [
    [first, 'one'],
    [second, 'two'],
    [first, 'one'],
  ] as const) {
    const result = await executor.runCode(`from functions import ${name}; print(${name}())`);
    expect(result).toMatchObject({ outcome: 'ok', stdout: `${name}\n` });
  }
});
