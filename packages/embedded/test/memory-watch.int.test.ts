import { afterEach, expect, test, vi } from 'vitest';
import { ChildServer } from '../src/host/child/child-server.ts';
import type { ToParent } from '../src/host/protocol/messages.ts';

const MiB = 1024 * 1024;
const LIMITS = { memoryBytes: 64 * MiB, workspaceBytes: 8 * MiB, outputBytes: MiB, processes: 4 };

afterEach(() => void vi.restoreAllMocks());

test('a child process that uses far more memory than its interpreters may ends the newest run', async () => {
  const rss = vi.spyOn(process.memoryUsage, 'rss').mockReturnValue(0);
  const started = Promise.withResolvers<void>();
  const result = Promise.withResolvers<unknown>();
  const send = (message: ToParent): void => {
    if (message.type === 'started') started.resolve();
    if (message.type === 'result') result.resolve(message.value);
    if (message.type === 'failure') result.reject(new Error(message.message));
  };
  const server = new ChildServer({ type: 'configure', ...LIMITS, expiresInMs: null, env: {} }, send);
  const argv = ['node', '-e', 'for (;;);'] as const;
  const request = { operation: 'spawn', argv, env: {}, cwd: '.', stdin: false, timeoutMs: 20_000 } as const;
  server.handle({ type: 'call', id: 1, request }, new Uint8Array(0));
  await started.promise;
  rss.mockReturnValue(1024 * MiB);
  expect(await result.promise).toMatchObject({ kind: 'lost', outcome: 'memory-limit' });
});
