import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';

const script = join(import.meta.dirname, 'fixtures/interrupted-process.ts');

test('the first signal aborts, its echo is ignored, and a later signal ends the process', async () => {
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe('ready');
  child.kill('SIGINT');
  expect((await lines.next()).value).toBe('aborted');
  child.kill('SIGINT');
  await sleep(700);
  expect(child.exitCode).toBe(null);
  child.kill('SIGTERM');
  expect(await exited).toEqual([130, null]);
});
