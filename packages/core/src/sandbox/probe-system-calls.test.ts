import { expect, test } from 'vitest';
import { probeSystemCalls } from './probe-system-calls.ts';

const answering = (stdout: string): Parameters<typeof probeSystemCalls>[0] => ({
  run: async () => ({ outcome: 'ok', exitCode: 0, stdout, stderr: '' }),
});
const missing = { run: () => Promise.reject(new Error('no python3')) };

test('what programs can use is named, with the advice of the platform', async () => {
  const finding = await probeSystemCalls(answering('io_uring\nVSOCK sockets\ntested\n'), { advice: 'Close it.' });
  expect(finding).toMatchObject({ state: 'warning', message: expect.stringContaining('io_uring and VSOCK sockets'), advice: 'Close it.' });
  expect(await probeSystemCalls(answering('tested\n'), { advice: '' })).toMatchObject({ state: 'ok' });
});

test('a test that did not end is never taken for a closed system', async () => {
  for (const sandbox of [answering(''), answering('io_uring\n'), missing]) {
    expect(await probeSystemCalls(sandbox, { advice: '' })).toMatchObject({
      state: 'warning',
      message: expect.stringContaining('Could not'),
    });
  }
});
