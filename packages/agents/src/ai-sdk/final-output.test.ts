import type { BlockResult, CodeResult } from '@sandpod/core';
import { expect, test } from 'vitest';
import { finalOutput } from './final-output.ts';
import { modelOutput } from './model-output.ts';

const result: CodeResult = {
  outcome: 'ok',
  exitCode: 0,
  output: '',
  stdout: '',
  stderr: '',
  blocks: [],
  files: [],
  results: [],
  stateLost: false,
  durationMs: 5,
};
const block: BlockResult = {
  outcome: 'failed',
  exitCode: 1,
  language: 'python',
  output: '',
  stdout: '',
  stderr: '',
  results: [],
  durationMs: 5,
};
const bounds = { language: 'python', maxOutputCharacters: 100, maxImageBytes: 1_000 };
const png = (size: number): Buffer => Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(size - 8)]);

test('the output is plain JSON', async () => {
  const output = await finalOutput(
    { ...result, reason: 'So.', files: [{ path: 'a.png', size: 20, mediaType: 'image/png', content: png(20) }] },
    bounds,
  );
  expect(JSON.parse(JSON.stringify(output))).toEqual(output);
  expect(output.files).toEqual([{ path: 'a.png', size: 20, mediaType: 'image/png', data: png(20).toString('base64') }]);
});

test('texts are cleaned and cut', async () => {
  const text = `\u001b[31mhead${'x'.repeat(1_000_000)}tail\u001b[0m`;
  const error = { name: 'E', value: text, traceback: Array.from({ length: 600 }, () => text) };
  const output = await finalOutput({ ...result, output: text, stdout: text, stderr: text, blocks: [{ ...block, error }] }, bounds);
  expect(output.output).toMatch(/^head.*\n\[\.\.\. 999908 characters omitted \.\.\.\]\n.*tail$/s);
  expect(output.error?.name).toBe('E');
  expect(JSON.stringify(output).length).toBeLessThan(2_000);
});

test('a display object of 100 MB is replaced by a note, and the number of display objects is limited', async () => {
  const huge = { data: { 'image/png': 'A'.repeat(100_000_000) }, isMainResult: false };
  const small = { data: { 'text/html': '<b>1</b>' }, isMainResult: true };
  const output = await finalOutput({ ...result, results: [huge, ...Array.from({ length: 10_000 }, () => small)] }, bounds);
  expect(output.results[0]).toEqual({ data: { 'text/plain': '[left out: a display object of 100000000 bytes]' }, isMainResult: false });
  expect(output.results[1]).toEqual(small);
  expect(output.results).toHaveLength(64);
});

test('large files, and files beyond the limit, are listed without content', async () => {
  const file = (index: number, size: number) => ({ path: `${index}.png`, size, mediaType: 'image/png', content: png(size) });
  const output = await finalOutput(
    { ...result, files: [file(0, 2_000), ...Array.from({ length: 300 }, (_, index) => file(index + 1, 100))] },
    bounds,
  );
  expect(output).toMatchObject({ omittedFiles: 101, files: { length: 200 } });
  expect(output.files[0]).toEqual({ path: '0.png', size: 2_000, mediaType: 'image/png' });
  expect(output.files.filter(({ data }) => data !== undefined)).toHaveLength(16);
  expect(await finalOutput({ ...result, files: [file(0, 100)] }, bounds)).not.toHaveProperty('omittedFiles');
});

test('the model reads the number of all files, including files that are not listed', async () => {
  const files = Array.from({ length: 1_000 }, (_, index) => ({ path: `${index}.txt`, size: 1, mediaType: 'text/plain' }));
  const read = modelOutput(await finalOutput({ ...result, files }, bounds), { ...bounds, maxModelCharacters: 1_000, imagesToModel: false });
  expect(read).toMatchObject({ value: expect.stringContaining('"49.txt" (text/plain, 1 bytes) and 950 more.') });
});
