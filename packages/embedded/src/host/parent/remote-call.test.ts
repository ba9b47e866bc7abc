import { expect, test } from 'vitest';
import { parseIncoming, parseResult, statResultSchema } from './incoming-messages.ts';
import { readEntries } from './read-entries.ts';
import { RemoteCall } from './remote-call.ts';

const KiB = 1024;

function open(): { readonly call: RemoteCall; readonly sent: string[]; readonly give: (bytes: Uint8Array) => boolean } {
  const sent: string[] = [];
  const call = new RemoteCall({ id: 1, sendWindow: KiB, send: (header) => void sent.push(header.type) });
  return { call, sent, give: (bytes) => call.receive({ type: 'data', id: 1, stream: undefined }, bytes) };
}

test('a child that sends more than it was granted is refused before the bytes are kept', () => {
  const { give } = open();
  const chunk = Buffer.alloc(128 * KiB);
  for (let sent = 0; sent < 4 * KiB * KiB; sent += chunk.length) give(chunk);
  expect(() => give(Buffer.alloc(1))).toThrow('more data than was granted');
});

test('empty chunks, which use up no window, are not kept', async () => {
  const { call, give } = open();
  for (let index = 0; index < 1_000; index += 1) give(Buffer.alloc(0));
  give(Buffer.from('x'));
  expect(Buffer.from((await call.next())?.bytes ?? []).toString()).toBe('x');
});

test('a failure with the name of a property that every object has is a transport error', async () => {
  for (const code of ['constructor', 'toString', '__proto__', 'strange']) {
    const { call } = open();
    call.receive({ type: 'failure', id: 1, code, message: 'm' }, Buffer.alloc(0));
    await expect(call.result).rejects.toMatchObject({ code: 'transport' });
  }
});

test('a listing is decoded while it arrives; a malformed one cancels the call', async () => {
  const good = open();
  const listing = readEntries(good.call, '.');
  good.give(Buffer.from('f7/1700000000000/a\0dd\0ll\0oo\0'));
  good.call.receive({ type: 'result', id: 1, value: {} }, Buffer.alloc(0));
  expect((await listing).map(({ name, type }) => `${name} ${type}`)).toEqual(['a file', 'd directory', 'l symlink', 'o other']);
  for (const bytes of [
    Buffer.alloc(64 * KiB),
    Buffer.alloc(64 * KiB, 'f'),
    Buffer.from('x/\0'),
    Buffer.from('f1/1/../a\0'),
    Buffer.from('f1e9/1/a\0'),
    Buffer.from('f1/x/a\0'),
    Buffer.from('fa\0'),
  ]) {
    const bad = open();
    const refused = readEntries(bad.call, '.');
    bad.give(bytes);
    await expect(refused).rejects.toMatchObject({ code: 'transport' });
    expect(bad.sent).toContain('cancel');
  }
});

test('messages and results that are not part of the protocol are refused', () => {
  expect(parseIncoming({ type: 'credit', id: 1, bytes: 5 })).toBeDefined();
  for (const header of [
    {},
    { type: 'constructor' },
    { type: 'credit', id: 1, bytes: -1 },
    { type: 'data', id: 0 },
    { type: 'data', id: 1.5 },
  ])
    expect(parseIncoming(header)).toBeUndefined();
  for (const value of [undefined, {}, { type: 'file', size: -1, modifiedMs: 0 }, { type: 'file', size: 1, modifiedMs: 'x' }])
    expect(() => parseResult(statResultSchema, value)).toThrow(expect.objectContaining({ code: 'transport' }));
});
