import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestNamespace } from './fixtures/test-namespace.ts';

const TRANSFER = fileURLToPath(new URL('./fixtures/transfer.ts', import.meta.url));
const MiB = 1024 * 1024;
/** What may be in flight or kept: a mebibyte that waits in the channel, and one that waits for the reader or is kept. */
const IN_FLIGHT_BYTES = 2 * MiB;

let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await TestNamespace.create('memory');
});
afterAll(() => namespace[Symbol.asyncDispose]());

test.for(['output', 'upload', 'download'])(
  'a client that moves 100 MB of %s grows by less than five times what is in flight [row 35]',
  { timeout: 240_000 },
  async (way) => {
    const argv = ['--expose-gc', '--conditions=@sandpod/source', TRANSFER, way, namespace.name];
    const { stdout } = await promisify(execFile)(process.execPath, argv);
    const { bytes, peak } = JSON.parse(stdout) as { bytes: number; peak: number };
    expect(bytes).toBeGreaterThanOrEqual(100_000_000);
    expect(peak).toBeLessThan(5 * IN_FLIGHT_BYTES);
  },
);
