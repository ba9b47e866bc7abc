import { expect, test } from 'vitest';
import { within } from './within.ts';

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

const options = { ms: 20, message: 'The server did not answer', advice: 'Try again.' };

test('what takes too long is a transport error with the message', async () => {
  await expect(within(options, untilAborted)).rejects.toMatchObject({
    code: 'transport',
    message: 'The server did not answer within 20 ms.',
    advice: 'Try again.',
  });
});

test('an earlier end, a failure and an abort stay what they are', async () => {
  expect(await within(options, async () => 5)).toBe(5);
  await expect(within(options, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  const abortSignal = AbortSignal.abort(new Error('stopped'));
  await expect(within({ ...options, abortSignal }, async (signal) => signal.throwIfAborted())).rejects.toThrow('stopped');
});
