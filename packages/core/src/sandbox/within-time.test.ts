import { expect, it, vi } from 'vitest';
import { FakeProvider, type FakeSandbox } from '../../test/fixtures/fake-provider.ts';
import { streamOf } from './text-content.ts';

async function hangingSandbox(): Promise<FakeSandbox> {
  const provider = new FakeProvider();
  await provider.create();
  for (const operation of ['read', 'write', 'list', 'delete'] as const) provider.last.hanging.add(operation);
  return provider.last;
}

const path = 'a';

it.each([
  ['readFile', (sandbox: FakeSandbox, timeoutMs?: number) => sandbox.readFile({ path, timeoutMs })],
  ['readTextFile', (sandbox: FakeSandbox, timeoutMs?: number) => sandbox.readTextFile({ path, timeoutMs })],
  ['writeFile', (sandbox: FakeSandbox, timeoutMs?: number) => sandbox.writeFile({ path, content: streamOf(Buffer.from('x')), timeoutMs })],
  ['writeTextFile', (sandbox: FakeSandbox, timeoutMs?: number) => sandbox.writeTextFile({ path, content: 'x', timeoutMs })],
  ['listDirectory', (sandbox: FakeSandbox, timeoutMs?: number) => sandbox.listDirectory({ path, timeoutMs })],
  ['deleteFile', (sandbox: FakeSandbox, timeoutMs?: number) => sandbox.deleteFile({ path, timeoutMs })],
] as const)('%s of a sandbox that does not answer fails after timeoutMs, and after 60 s by default', async (_, operate) => {
  const sandbox = await hangingSandbox();
  await expect(operate(sandbox, 30)).rejects.toThrow(
    expect.objectContaining({ code: 'transport', message: expect.stringMatching(/"a" within 30 ms/) }),
  );
  vi.useFakeTimers();
  try {
    const failing = expect(operate(sandbox)).rejects.toThrow(/within 60000 ms/);
    await vi.advanceTimersByTimeAsync(60_000);
    await failing;
  } finally {
    vi.useRealTimers();
  }
});

it('a write has its time again whenever the source delivers bytes', async () => {
  const provider = new FakeProvider();
  await provider.create();
  const content = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      if (provider.last.log.push('chunk') < 5) controller.enqueue(Buffer.from('x'));
      else controller.close();
    },
  });
  await provider.last.writeFile({ path, content, timeoutMs: 200 });
  expect(Buffer.from(provider.last.files.get(path) ?? []).toString()).toBe('xxxx');
});

it('a time limit that is no duration is refused', async () => {
  const sandbox = await hangingSandbox();
  await expect(sandbox.stat({ path, timeoutMs: 0 })).rejects.toThrow(expect.objectContaining({ code: 'invalid-options' }));
});
