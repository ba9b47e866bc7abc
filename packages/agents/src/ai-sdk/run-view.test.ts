import { expect, test } from 'vitest';
import { modelOutput } from './model-output.ts';
import { RunView } from './run-view.ts';

const bounds = { language: 'python', maxOutputCharacters: 100, maxImageBytes: 1_000 };

test('shows the start, then the output so far, then the end', async () => {
  const view = new RunView(bounds);
  expect(view.snapshot()).toEqual({ status: 'starting', language: 'python', output: '', stdout: '', stderr: '', files: [], results: [] });
  view.add({ type: 'status', progress: { phase: 'pulling', message: 'Pulling\u001b[2J the\nimage.' } });
  expect(view.snapshot()).toMatchObject({ status: 'starting', progress: 'Pulling the image.' });
  view.add({ type: 'block-start', index: 0, language: 'python' });
  expect(view.snapshot()).not.toHaveProperty('progress');
  view.add({ type: 'stdout', index: 0, text: 'a\u001b[3' });
  view.add({ type: 'stderr', index: 0, text: 'e' });
  view.add({ type: 'stdout', index: 0, text: '1mb' });
  expect(view.snapshot()).toMatchObject({ status: 'running', output: 'aeb', stdout: 'ab', stderr: 'e' });
  const end = { blocks: [], files: [], results: [], stateLost: false, durationMs: 1 };
  await view.end({ ...end, outcome: 'timeout', exitCode: null, reason: 'Late.', output: 'aeb', stdout: 'ab', stderr: 'e' });
  expect(view.snapshot()).toMatchObject({ status: 'done', outcome: 'timeout', exitCode: null, reason: 'Late.', output: 'aeb' });
});

test('stays small, however much output arrives', () => {
  const view = new RunView(bounds);
  for (let index = 0; index < 10_000; index += 1) {
    view.add({ type: 'stdout', index: 0, text: 'line of output\n' });
    view.add({ type: 'result', index: 0, result: { data: { 'text/plain': 'x' }, isMainResult: false } });
  }
  const snapshot = view.snapshot();
  expect(snapshot.stdout).toContain('characters omitted');
  expect(JSON.stringify(snapshot).length).toBeLessThan(5_000);
});

test('a platform failure before the code starts is reported as a platform failure', () => {
  const view = new RunView(bounds);
  view.add({ type: 'block-start', index: 0, language: 'python' });
  view.fail({ code: 'transport', message: 'Gone.', advice: 'Look.', isRetryable: true });
  expect(view.snapshot()).toMatchObject({ status: 'done', failure: { code: 'transport' } });
  expect(view.snapshot()).not.toHaveProperty('outcome');
});

test('a platform failure after the code has started is a lost run with its output', () => {
  const view = new RunView(bounds);
  view.add({ type: 'stdout', index: 0, text: 'half' });
  view.fail({ code: 'transport', message: 'Gone.', advice: 'Look.', isRetryable: true });
  const output = view.snapshot();
  expect(output).toMatchObject({ status: 'done', output: 'half', outcome: 'transport', exitCode: null, reason: 'Gone.' });
  expect(output).not.toHaveProperty('failure');
  const read = modelOutput(output, { maxModelCharacters: 1_000, maxImageBytes: 0, imagesToModel: false });
  expect(read).toEqual({ type: 'text', value: expect.stringMatching(/check before you run it again\.\nOutput:\nhalf$/) });
});
