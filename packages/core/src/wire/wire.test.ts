import { expect, test } from 'vitest';
import type { CodeResult } from '../contract/code-result.ts';
import type { ExecutionEvent } from '../contract/execution-event.ts';
import { ERROR_CODES } from '../errors/error-codes.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import { errorFromWire, errorToWire, HTTP_STATUS } from './wire-error.ts';
import { eventFromWire, eventToWire } from './wire-event.ts';
import { resultFromWire, resultToWire } from './wire-result.ts';

const BLOCK = {
  outcome: 'failed',
  exitCode: 3,
  output: 'ab',
  stdout: 'a',
  stderr: 'b',
  results: [],
  durationMs: 1.5,
  reason: 'It failed.',
} as const;
const RESULT: CodeResult = {
  ...BLOCK,
  truncated: { stdout: { totalBytes: 3, keptBytes: 1, omittedBytes: 2 } },
  blocks: [{ ...BLOCK, language: 'python', error: { name: 'E', value: 'v', traceback: ['t'] }, executionCount: 2 }],
  files: [
    { path: 'a.bin', size: 4, mediaType: 'application/octet-stream', content: new Uint8Array([0, 255, 128, 10]) },
    { path: 'big', size: 9e9, mediaType: 'text/plain', reason: 'It is too large.' },
  ],
  results: [{ data: { 'text/plain': '1' }, metadata: {}, isMainResult: true, displayId: 'd' }],
  stateLost: true,
};

function overTheWire(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

test('a result is the same after conversion to JSON and back', () => {
  const received = resultFromWire(overTheWire(resultToWire(RESULT)));
  expect({ ...received, files: [] }).toEqual({ ...RESULT, files: [] });
  expect(received.files[0]).toMatchObject({ path: 'a.bin', size: 4 });
  expect([...(received.files[0]?.content ?? [])]).toEqual([0, 255, 128, 10]);
  expect(received.files[1]).toEqual(RESULT.files[1]);
});

test.each<ExecutionEvent>([
  { type: 'status', progress: { phase: 'pulling', message: 'Pulling.', fraction: 0.5 } },
  { type: 'block-start', index: 0, language: 'python', codeFile: 'x.py' },
  { type: 'stdout', index: 1, text: 'out' },
  { type: 'stderr', index: 1, text: 'err' },
  { type: 'result', index: 0, result: { data: { 'image/png': 'AA==' }, isMainResult: false, displayId: 'd' } },
  { type: 'block-end', index: 0, result: { ...BLOCK, language: 'sh' } },
  { type: 'file', file: { path: 'a', size: 1, mediaType: 'text/plain', reason: 'gone' } },
  { type: 'end', result: { ...RESULT, files: [] } },
])('an event of type $type survives the wire', (event) => {
  expect(eventFromWire(overTheWire(eventToWire(event)))).toEqual(event);
});

test.each([
  ['an unknown outcome', { ...RESULT, files: [], outcome: 'fine' }, 'outcome'],
  ['a missing field', { ...RESULT, files: [], stdout: undefined }, 'stdout'],
  ['content that is not base64', { ...RESULT, files: [{ path: 'a', size: 1, mediaType: 'x', content: '§' }] }, 'files[0].content'],
])('%s is refused with the path of the field', (_, value, field) => {
  expect(() => resultFromWire(overTheWire(value))).toThrow(field);
});

test('an error is the same after conversion to JSON and back, and any other value becomes a transport error', () => {
  const error = new SandpodError({ code: 'sandbox-not-found', message: 'No such sandbox.', details: { id: 'x' } });
  expect(errorFromWire(overTheWire(errorToWire(error)))).toMatchObject({
    code: 'sandbox-not-found',
    message: 'No such sandbox.',
    details: { id: 'x' },
  });
  expect(errorFromWire({ message: 'odd' })).toMatchObject({ code: 'transport' });
});

test('every error code has an HTTP status', () => {
  expect(Object.keys(HTTP_STATUS).sort()).toEqual(Object.keys(ERROR_CODES).sort());
});
