import { afterEach, expect, test, vi } from 'vitest';
import { HOSTILE_PIECES } from '../../test/hostile-text.ts';
import { longestBlockMs, MAX_BLOCK_MS } from '../../test/longest-block.ts';
import { BoundedText } from './bounded-text.ts';
import { type ReadableFiles, readCleanText } from './read-clean-text.ts';

const CHUNK_BYTES = 64 * 1024;
const MiB = 1024 * 1024;

/** Files that all have the same content, and how many chunks of it were read. */
function filesOf(content: Uint8Array): ReadableFiles & { chunks(): number } {
  let chunks = 0;
  const readFile = async (): Promise<ReadableStream<Uint8Array>> => {
    let start = 0;
    return new ReadableStream({
      pull: (controller) => {
        if (start >= content.length) return controller.close();
        chunks += 1;
        controller.enqueue(content.subarray(start, start + CHUNK_BYTES));
        start += CHUNK_BYTES;
      },
    });
  };
  return { readFile, chunks: () => chunks };
}

const options = { path: 'a.txt', maxCharacters: 1_000 };

afterEach(() => void vi.restoreAllMocks());

test('returns clean text, whole or in lines', async () => {
  const files = filesOf(Buffer.from('one\r\n\u001b[31mtwo\u001b[0m\nthree\n'));
  expect(await readCleanText(files, options)).toEqual({ kind: 'text', text: 'one\ntwo\nthree\n', isCut: false });
  expect(await readCleanText(files, { ...options, startLine: 2, endLine: 2 })).toMatchObject({ text: 'two\n' });
  await expect(readCleanText(files, { ...options, startLine: 3, endLine: 2 })).rejects.toMatchObject({ code: 'invalid-options' });
  expect(await readCleanText({ readFile: async () => null }, options)).toBeNull();
});

test.each(HOSTILE_PIECES.filter(([name]) => name !== 'NUL' && name !== 'unpaired surrogates'))(
  'many %s neither hold the event loop nor fill the memory',
  async (name, piece) => {
    const content = Buffer.alloc(name === 'carriage returns' ? 16 * MiB : MiB, piece);
    const kept = vi.spyOn(BoundedText.prototype, 'push');
    const before = process.memoryUsage().heapUsed;
    let result: Awaited<ReturnType<typeof readCleanText>> = null;
    const blockMs = await longestBlockMs(async () => {
      result = await readCleanText(filesOf(content), options);
    });
    expect(result).toMatchObject({ kind: 'text', isCut: expect.any(Boolean) });
    expect(blockMs).toBeLessThan(MAX_BLOCK_MS);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(300 * MiB);
    expect(Math.max(...kept.mock.calls.map(([text]) => text.length))).toBeLessThanOrEqual(CHUNK_BYTES + 100);
  },
  30_000,
);

test('reads nothing after the last wanted line, and nothing after a NUL', async () => {
  const lines = filesOf(Buffer.alloc(10 * MiB, 'line\n'));
  expect(await readCleanText(lines, { ...options, endLine: 2 })).toMatchObject({ text: 'line\nline\n' });
  expect(lines.chunks()).toBeLessThan(5);
  const binary = filesOf(Buffer.alloc(10 * MiB, 'a\0'));
  expect(await readCleanText(binary, options)).toEqual({ kind: 'binary' });
  expect(binary.chunks()).toBeLessThan(5);
});

test.each([
  ['no NUL', Buffer.alloc(MiB, Buffer.from('89504e47fffed8c3', 'hex')), 'binary'],
  ['bytes that are not UTF-8 from the start', Buffer.from('ff', 'hex'), 'binary'],
  ['text in another encoding, with few letters that are not ASCII', Buffer.from('Grüße aus dem Süden\n', 'latin1'), 'text'],
  ['UTF-8 that is not ASCII', Buffer.from('こんにちは'), 'text'],
])('a file with %s is text only if a model can read it', async (_, content, kind) => {
  expect(await readCleanText(filesOf(content), options)).toMatchObject({ kind });
});
