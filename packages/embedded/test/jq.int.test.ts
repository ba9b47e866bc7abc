import type { Sandbox } from '@sandpod/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EmbeddedSandboxProvider } from '../src/index.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await new EmbeddedSandboxProvider().create();
});
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
});

test('an endless program is ended by the deadline, and its output until then is kept', async () => {
  const run = sandbox.run({ command: `echo start; jq -n '"x" | repeat(.)'`, timeoutMs: 3_000 });
  await expect(run).rejects.toMatchObject({ outcome: 'timeout', stdout: expect.stringMatching(/^start\n"x"\n"x"\n/) });
  const silent = sandbox.run({ argv: ['jq', '-n', 'repeat(empty)'], timeoutMs: 1_000 });
  await expect(silent).rejects.toMatchObject({ outcome: 'timeout' });
});

test('50 MB of output arrive while the program runs', async () => {
  const program = `"${'y'.repeat(999)}" | limit(50000; repeat(.))`;
  const spawned = await sandbox.spawn({ argv: ['bash', '-c', `jq -nr '${program}'`] });
  let bytes = 0;
  for await (const chunk of spawned.output) bytes += chunk.bytes.length;
  expect([bytes, await spawned.wait()]).toEqual([50_000_000, { exitCode: 0 }]);
});

test('5 MB of output pass a pipe', async () => {
  const { stdout } = await sandbox.run({ command: `jq -n 'range(700000)' | tail -1` });
  expect(stdout).toBe('699999\n');
});

test('a value of 10,000 levels is read and printed', async () => {
  const text = '['.repeat(10_000) + ']'.repeat(10_000);
  const result = await sandbox.run({ argv: ['jq', '-c', '., ([.] | tojson | length)'], stdin: text });
  expect(result).toMatchObject({ outcome: 'ok', stderr: '' });
  expect(result.stdout.startsWith(text)).toBe(true);
});

test('a program that fills the memory ends, and the sandbox goes on', async () => {
  const bomb = sandbox.run({ argv: ['jq', '-n', '[range(1e9)]'] });
  await expect(bomb).rejects.toMatchObject({ outcome: 'memory-limit', reason: 'jq ran out of memory: its limit is 256 MiB.' });
  expect((await sandbox.run({ argv: ['jq', '-n', '1'] })).stdout).toBe('1\n');
});
