import { expect, test } from 'vitest';
import { AnswerWatch } from './answer-watch.ts';

function watch(): { readonly answers: AnswerWatch; readonly silences: () => number } {
  let count = 0;
  const answers = new AnswerWatch(() => {
    count += 1;
  });
  return { answers, silences: () => count };
}

test('two requests in a row without an answer are noticed, and a launcher that never becomes ready at once', () => {
  const two = watch();
  two.answers.gaveUp(2_000);
  expect(two.silences()).toBe(0);
  two.answers.gaveUp(2_000);
  expect(two.silences()).toBe(1);
  const one = watch();
  one.answers.neverReady();
  expect(one.silences()).toBe(1);
});

test('an answer in between, or a request that was given up early, does not count', () => {
  const { answers, silences } = watch();
  for (let count = 0; count < 3; count += 1) {
    answers.gaveUp(2_000);
    answers.answered();
    answers.gaveUp(100);
  }
  expect(silences()).toBe(0);
});
