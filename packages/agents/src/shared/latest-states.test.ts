import { expect, test } from 'vitest';
import { latestStates } from './latest-states.ts';

type Work = Parameters<typeof latestStates<number>>[0]['run'];

function states(run: Work, abortSignal?: AbortSignal): { readonly stream: AsyncGenerator<number>; readonly set: (value: number) => void } {
  let state = 0;
  const stream = latestStates({ run, snapshot: () => state, intervalMs: () => 5, abortSignal });
  const set = (value: number): void => {
    state = value;
  };
  return { stream, set };
}

test('a slow reader skips states, but neither the first nor the last', async () => {
  const { stream, set } = states(async ({ onChange }) => {
    for (let value = 1; value <= 1_000; value += 1) {
      set(value);
      onChange();
      if (value % 100 === 0) await new Promise(setImmediate);
    }
  });
  const seen = await Array.fromAsync(stream);
  expect(seen.at(-1)).toBe(1_000);
  expect(seen.length).toBeLessThan(100);
});

test('an error of the work is thrown', async () => {
  const error = new Error('broken');
  const { stream } = states(() => Promise.reject(error));
  await expect(Array.fromAsync(stream)).rejects.toBe(error);
});

test('leaving the loop aborts the work and waits for its end', async () => {
  let isOver = false;
  const { stream } = states(async ({ abortSignal, onChange }) => {
    onChange();
    await new Promise((resolve) => abortSignal.addEventListener('abort', resolve));
    await new Promise(setImmediate);
    isOver = true;
  });
  for await (const _ of stream) break;
  expect(isOver).toBe(true);
});

test('an abort throws its reason after the last state', async () => {
  const controller = new AbortController();
  const { stream, set } = states(async ({ abortSignal }) => {
    await new Promise((resolve) => abortSignal.addEventListener('abort', resolve));
    set(7);
  }, controller.signal);
  const first = stream.next();
  const reason = new Error('enough');
  controller.abort(reason);
  expect(await first).toEqual({ done: false, value: 7 });
  await expect(stream.next()).rejects.toBe(reason);
});
