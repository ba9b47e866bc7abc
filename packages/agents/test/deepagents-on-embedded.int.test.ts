import { posix } from 'node:path';
import { EmbeddedSandboxProvider } from '@sandpod/embedded';
import { expect, test } from 'vitest';
import { toDeepAgentsBackend } from '../src/deepagents/index.ts';
import { testDeepAgentsBackend } from './deepagents/deepagents-suite.ts';
import { longestBlockMs, MAX_BLOCK_MS } from './longest-block.ts';

testDeepAgentsBackend({ name: 'embedded', provider: () => new EmbeddedSandboxProvider() });

test('a search that was cut short says so', async () => {
  await using sandbox = await new EmbeddedSandboxProvider().create();
  const backend = toDeepAgentsBackend(sandbox);
  const program = 'import os\nfor n in range(5001):\n  os.makedirs(f"d{n}")\n  open(f"d{n}/f", "w").close()';
  await sandbox.run({ argv: ['python3', '-c', program] });
  expect(await backend.glob('*.none', sandbox.workspace)).toEqual({ files: [], truncated: true });
  expect(await backend.grep('x', sandbox.workspace, '*.none')).toEqual({ matches: [], truncated: true });
  const one = posix.join(sandbox.workspace, 'd1');
  expect(await backend.grep('x', one)).toEqual({ matches: [], truncated: false });
});

test('a search with millions of matches is cut short, and the event loop runs meanwhile', async () => {
  await using sandbox = await new EmbeddedSandboxProvider().create();
  const backend = toDeepAgentsBackend(sandbox);
  const program = 'b = b"a\\n" * (4 * 1024 * 1024)\nfor n in range(40):\n  open(f"f{n}.txt", "wb").write(b)';
  await sandbox.run({ argv: ['python3', '-c', program] });
  for (const [pattern, count] of [
    ['a', 10_000],
    ['b', 0],
  ] as const) {
    const before = process.memoryUsage().rss;
    let result: Awaited<ReturnType<typeof backend.grep>> = {};
    const blockMs = await longestBlockMs(async () => {
      result = await backend.grep(pattern, sandbox.workspace);
    });
    expect(result.matches).toHaveLength(count);
    // One search reads at most 128 MiB of the 320 MiB.
    expect(result.truncated).toBe(true);
    expect(blockMs).toBeLessThan(MAX_BLOCK_MS);
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  }
  expect((await backend.grep('a', sandbox.workspace, null, 3)).matches).toHaveLength(3);
});
