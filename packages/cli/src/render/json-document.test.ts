import type { CodeResult } from '@sandpod/core';
import { expect, test } from 'vitest';
import { resultDocument } from './json-document.ts';

const result: CodeResult = {
  outcome: 'ok',
  exitCode: 0,
  output: 'x',
  stdout: 'x',
  stderr: '',
  blocks: [],
  files: [
    { path: 'a.bin', size: 3, mediaType: 'application/octet-stream', content: new Uint8Array([0, 255, 10]) },
    { path: 'empty', size: 0, mediaType: 'text/plain', content: new Uint8Array() },
    { path: 'big', size: 1e9, mediaType: 'text/plain', reason: 'too large' },
  ],
  results: [],
  stateLost: false,
  durationMs: 5,
};

test('keeps the field names of the contract and writes content as base64', () => {
  const document = JSON.parse(resultDocument(result));
  expect(document).toEqual({
    ...result,
    files: [
      { path: 'a.bin', size: 3, mediaType: 'application/octet-stream', content: 'AP8K' },
      { path: 'empty', size: 0, mediaType: 'text/plain', content: '' },
      { path: 'big', size: 1e9, mediaType: 'text/plain', reason: 'too large' },
    ],
  });
});

test('contains no character that controls a terminal, and parses to the same value', () => {
  const output = 'a\u001b[2J\u009b31m\u007f\u202eb\u2066c\ud800\u2028';
  const text = resultDocument({ ...result, output });
  expect(JSON.parse(text).output).toBe(output);
  expect(text).toMatch(/^[\n -~]*$/);
});
