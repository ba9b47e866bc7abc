import { expect, it } from 'vitest';
import { FakeProvider } from '../../test/fixtures/fake-provider.ts';
import type { ExecutionEvent } from '../contract/execution-event.ts';
import { CommandLineCodeExecutor } from './command-line-code-executor.ts';
import { ResultReader } from './result-reader.ts';

it('passes on every event and keeps the result', async () => {
  const events = new CommandLineCodeExecutor({ provider: new FakeProvider() }).stream([{ language: 'sh', code: 'print' }]);
  const reader = new ResultReader(events);
  const types = (await Array.fromAsync(reader)).map(({ type }) => type);
  expect([types[0], types.at(-1)]).toEqual(['block-start', 'end']);
  expect(reader.result).toMatchObject({ outcome: 'ok', stdout: 'print' });
});

it('has no result if the stream has no end event', async () => {
  async function* cutOff(): AsyncGenerator<ExecutionEvent> {}
  const reader = new ResultReader(cutOff());
  for await (const _ of reader);
  expect(() => reader.result).toThrow('without an end event');
});
