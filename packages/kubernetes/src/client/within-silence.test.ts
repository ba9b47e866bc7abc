import { expect, test } from 'vitest';
import { withinSilence } from './within-silence.ts';

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

const silent = { answeredMs: 0 };
const options = { ms: 20, message: 'The server did not answer', advice: 'Try again.' };

test('a silent server is a transport error with the message', async () => {
  await expect(withinSilence(silent, options, untilAborted)).rejects.toMatchObject({
    code: 'transport',
    message: 'The server did not answer within 20 ms.',
    advice: 'Try again.',
  });
});

test('an earlier end, a failure and an abort stay what they are', async () => {
  expect(await withinSilence(silent, options, async () => 5)).toBe(5);
  await expect(withinSilence(silent, options, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  const abortSignal = AbortSignal.abort(new Error('stopped'));
  await expect(withinSilence(silent, { ...options, abortSignal }, async (signal) => signal.throwIfAborted())).rejects.toThrow('stopped');
});

test('a server that answers, for example that it is busy, is waited for', async () => {
  const busy = {
    get answeredMs() {
      return performance.now();
    },
  };
  const operation = new Promise((resolve) => setTimeout(resolve, 100, 'done'));
  expect(await withinSilence(busy, options, () => operation)).toBe('done');
});
