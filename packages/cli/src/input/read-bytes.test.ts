import { execFileSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readBytes } from './read-bytes.ts';

describe.runIf(process.platform !== 'win32')('a named pipe', () => {
  let base: string;
  let path: string;

  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'sandpod-pipe-'));
    path = join(base, 'pipe');
    execFileSync('mkfifo', [path]);
  });
  afterEach(() => rm(base, { recursive: true, force: true }));

  test('is read to its end, even if its writer is late', async () => {
    const content = Buffer.alloc(300_000, 'abc');
    const { signal: abortSignal } = new AbortController();
    const reading = readBytes(path, { stdin: Readable.from([]), abortSignal, option: '--stdin' });
    await pipeline(Readable.from([content]), createWriteStream(path));
    expect(Buffer.compare(await reading, content)).toBe(0);
  });

  test('without a writer can be aborted', async () => {
    const controller = new AbortController();
    const reading = readBytes(path, { stdin: Readable.from([]), abortSignal: controller.signal, option: '--stdin' });
    setImmediate(() => controller.abort(new Error('given up')));
    await expect(reading).rejects.toThrow('given up');
  });
});
