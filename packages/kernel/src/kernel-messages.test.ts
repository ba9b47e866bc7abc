import { expect, test } from 'vitest';
import { MalformedFrame } from './frame-reader.ts';
import { readDone, readMessage } from './kernel-messages.ts';

const frame = (letter: string, value: unknown) => ({
  letter,
  payload: new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)),
});

test('a display becomes a result', () => {
  const value = { data: { 'text/plain': '1' }, metadata: {}, isMain: true, update: false };
  expect(readMessage(frame('d', value))).toEqual({
    type: 'display',
    result: { data: { 'text/plain': '1' }, isMainResult: true },
    isUpdate: false,
  });
});

test.each([
  ['d', { data: [], isMain: true, update: false }],
  ['d', { data: Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`a/${at}`, ''])), isMain: true, update: false }],
  ['d', '{"data":{"a":'.padEnd(600, '[')],
  ['d', `{"data":{"a":${'['.repeat(200)}${']'.repeat(200)}},"isMain":true,"update":false}`],
  ['x', { name: 'E', value: 1, traceback: [] }],
  ['x', { name: 'E', value: '', traceback: Array.from({ length: 1001 }, () => '') }],
  ['c', 'null'],
  ['x', ''],
])('a malformed frame %s %j is refused', (letter, value) => {
  expect(() => readMessage(frame(letter, value))).toThrow(MalformedFrame);
});

test.each([{ id: 1, count: 1 }, { id: 'a', count: -1 }, { id: 'a', count: 1e30 }, { id: 'a' }, []])('the end %j is refused', (value) => {
  expect(() => readDone(frame('F', value))).toThrow(MalformedFrame);
});

test('brackets in texts do not count as depth', () => {
  const deep = '[{"'.repeat(1000);
  expect(readMessage(frame('x', { name: 'E', value: deep, traceback: [] }))).toMatchObject({ error: { value: deep } });
});

test('a text that is not UTF-8 is refused', () => {
  expect(() => readMessage({ letter: 'x', payload: Uint8Array.of(0x22, 0xff, 0x22) })).toThrow(MalformedFrame);
});
