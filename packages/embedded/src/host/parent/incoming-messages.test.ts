import { SandpodError } from '@sandpod/core';
import { hostileVariants } from '@sandpod/testkit';
import { expect, test } from 'vitest';
import { encodeFrame, FrameError, FrameReader } from '../protocol/frame.ts';
import {
  deleteResultSchema,
  type IncomingMessage,
  namesResultSchema,
  parseIncoming,
  parseResult,
  spawnResultSchema,
  statResultSchema,
} from './incoming-messages.ts';

const MESSAGES: readonly IncomingMessage[] = [
  { type: 'ready' },
  { type: 'started', id: 1 },
  { type: 'data', id: 12, stream: 'stdout' },
  { type: 'credit', id: 12, bytes: 34 },
  { type: 'result', id: 12, value: { kind: 'exit', exitCode: 7 } },
  { type: 'failure', id: 12, code: 'x', message: 'y' },
];

/** Reads a header as a child process would send it. */
function read(text: Buffer): IncomingMessage | undefined {
  const prefix = Buffer.alloc(8);
  prefix.writeUInt32LE(text.length);
  const [frame] = new FrameReader({ headerBytes: 64 * 1024 }).push(Buffer.concat([prefix, text]));
  return frame && parseIncoming(frame.header);
}

test.each(MESSAGES)('a damaged message of a child process is refused, or has only permitted values: %j', (message) => {
  expect(parseIncoming(new FrameReader().push(encodeFrame({ ...message }))[0]?.header ?? {})).toEqual(message);
  for (const { name, bytes } of hostileVariants(JSON.stringify(message))) {
    let parsed: IncomingMessage | undefined;
    try {
      parsed = read(bytes);
    } catch (error) {
      expect(error, name).toBeInstanceOf(FrameError);
    }
    if (parsed === undefined) continue;
    expect(Object.getPrototypeOf(parsed), name).toBe(Object.prototype);
    if ('id' in parsed) expect(Number.isSafeInteger(parsed.id) && parsed.id > 0, name).toBe(true);
    if (parsed.type === 'credit') expect(Number.isSafeInteger(parsed.bytes) && parsed.bytes >= 0, name).toBe(true);
    if (parsed.type === 'failure') expect([typeof parsed.code, typeof parsed.message], name).toEqual(['string', 'string']);
  }
});

test('texts, lists and exit codes above their limits are refused', () => {
  const refused = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (error) {
      return SandpodError.isInstance(error) && error.code;
    }
  };
  expect(parseIncoming({ type: 'failure', id: 1, code: 'x'.repeat(101), message: '' })).toBeUndefined();
  expect(parseIncoming({ type: 'failure', id: 1, code: '', message: 'x'.repeat(10_001) })).toBeUndefined();
  for (const exitCode of [-1, 256, 1.5, Number.NaN, '0', null, undefined])
    expect(
      refused(() => parseResult(spawnResultSchema, { kind: 'exit', exitCode })),
      String(exitCode),
    ).toBe('transport');
  for (const value of [
    { kind: 'lost', outcome: 'ok', reason: '' },
    { kind: 'lost', outcome: 'timeout', reason: 'x'.repeat(2_001) },
    {},
    null,
  ])
    expect(refused(() => parseResult(spawnResultSchema, value))).toBe('transport');
  for (const value of [['x'.repeat(4_097)], Array.from({ length: 10_001 }, () => 'x'), 'sh', [1], { length: 1 }])
    expect(refused(() => parseResult(namesResultSchema, value))).toBe('transport');
  for (const value of [{ type: 'file', size: -1, modifiedMs: 0 }, { type: 'x', size: 1, modifiedMs: 0 }, {}, []])
    expect(refused(() => parseResult(statResultSchema, value))).toBe('transport');
  for (const value of ['true', 1, null]) expect(refused(() => parseResult(deleteResultSchema, value))).toBe('transport');
});
