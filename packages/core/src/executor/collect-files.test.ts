import { afterEach, expect, test, vi } from 'vitest';
import type { ListTreeOptions, Sandbox, SkippedEntry, TreeEntry } from '../contract/sandbox.ts';
import { CallControl } from '../control/call-control.ts';
import { CallDeadline } from '../control/call-deadline.ts';
import type { Call } from './call.ts';
import { collectFiles, rememberFiles } from './collect-files.ts';

const FILES: readonly TreeEntry[] = ['a', 'b', 'c'].map((path) => ({ path, size: 1 }));

type Listing = (options: ListTreeOptions) => Promise<TreeEntry[]>;

function callOf(listTree: Listing, readBinaryFile: Sandbox['readBinaryFile'] = async () => Buffer.from('x')): Call {
  const sandbox = { listTree, readBinaryFile } as unknown as Sandbox;
  const control = new CallControl();
  const deadline = new CallDeadline({ control, timeoutMs: 60_000, discard: () => {} });
  return { session: { sandbox }, control, deadline, options: { collectFiles: true } } as unknown as Call;
}

/** The time for collecting ends when the test says so. */
function stopTime(): AbortController {
  const time = new AbortController();
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(time.signal);
  return time;
}

afterEach(() => void vi.restoreAllMocks());

const never: Listing = () => new Promise(() => {});
const before = { marks: new Map<string, string>() };

test('a workspace with more entries than are listed is told of, before and after the run', async () => {
  const call = callOf(async ({ onTruncated }) => {
    onTruncated?.(3);
    return [...FILES];
  });
  const remembered = await rememberFiles(call);
  const problem = 'Not all files could be collected: only the first 3 files and directories were checked.';
  expect(await collectFiles(call, { before: remembered, codeFiles: [] })).toEqual({ files: [], problem });
  expect(await collectFiles(call, { before, codeFiles: [] })).toMatchObject({ files: [{ path: 'a' }, {}, {}], problem });
});

test('a new file with a name that cannot be read is reported, and an old one is not', async () => {
  const old = { path: 'old\\x', expected: 'no backslash', size: 1 };
  const fresh = { path: 'new\\x', expected: 'no backslash' };
  let skipped: readonly SkippedEntry[] = [old];
  const call = callOf(async ({ onSkipped }) => {
    for (const entry of skipped) onSkipped?.(entry);
    return [];
  });
  const remembered = await rememberFiles(call);
  expect(await collectFiles(call, { before: remembered, codeFiles: [] })).toEqual({ files: [] });
  skipped = [old, fresh];
  const problem = 'Not all files could be collected: expected no backslash, given "new\\\\x"; rename the files.';
  expect(await collectFiles(call, { before: remembered, codeFiles: [] })).toEqual({ files: [], problem });
  skipped = [{ ...old, size: 2 }, fresh];
  expect((await collectFiles(call, { before: remembered, codeFiles: [] })).problem).toContain('given "new\\\\x" and 1 more;');
});

test('a workspace that takes too long to list is not collected, and the run is not held up by it', async () => {
  const time = stopTime();
  const call = callOf(never);
  const remembering = rememberFiles(call);
  time.abort(new Error('late'));
  const problem = expect.stringMatching(/^Not all files could be collected: it took longer than \d+ ms\.$/);
  const remembered = await remembering;
  expect(await collectFiles(call, { before: remembered, codeFiles: [] })).toEqual({ files: [], problem });
});

test('collecting that takes too long returns what it has', async () => {
  const time = stopTime();
  const read: Sandbox['readBinaryFile'] = ({ path }) => {
    if (path === 'a') return Promise.resolve(Buffer.from('x'));
    time.abort(new Error('late'));
    return new Promise(() => {});
  };
  const collected = await collectFiles(
    callOf(async () => [...FILES], read),
    { before, codeFiles: [] },
  );
  expect(collected.files.map(({ path }) => path)).toEqual(['a']);
  expect(collected.problem).toMatch(/it took longer than \d+ ms\.$/);
});

test('an abort ends the listing before the run, and the collecting after it', async () => {
  const signals: (AbortSignal | undefined)[] = [];
  const call = callOf(({ abortSignal }) => {
    signals.push(abortSignal);
    return new Promise(() => {});
  });
  const remembering = rememberFiles(call);
  const collecting = collectFiles(call, { before, codeFiles: [] });
  call.control.end({ kind: 'cancelled', reason: 'The caller cancelled the run.', error: undefined });
  await expect(remembering).rejects.toBe(call.control.cause);
  expect(await collecting).toEqual({ files: [], problem: 'Not all files could be collected: The caller cancelled the run.' });
  expect(signals.map((signal) => signal?.aborted)).toEqual([true, true]);
  expect(await collectFiles(call, { before, codeFiles: [] })).toEqual({ files: [] });
  expect(signals).toHaveLength(2);
});

const MiB = 1024 * 1024;

/** Collects files of the given sizes, whose content is made up when it is read. */
async function collectedOf(
  sizes: readonly number[],
): Promise<{ readonly content: number; readonly reasons: string[]; readonly asked: number[] }> {
  const asked: number[] = [];
  const entries = sizes.map((size, index) => ({ path: `f${String(index).padStart(5, '0')}`, size }));
  const read: Sandbox['readBinaryFile'] = async ({ path, maxBytes = Number.POSITIVE_INFINITY }) => {
    asked.push(maxBytes);
    return Buffer.alloc(entries.find((entry) => entry.path === path)?.size ?? 0);
  };
  const { files } = await collectFiles(
    callOf(async () => entries, read),
    { before, codeFiles: [] },
  );
  const content = files.reduce((sum, file) => sum + (file.content?.byteLength ?? 0), 0);
  return { content, reasons: files.flatMap(({ reason }) => reason ?? []), asked };
}

test('a file above the limit of one file is named and not read, and reads are limited to it', async () => {
  const { content, reasons, asked } = await collectedOf([16 * MiB, 16 * MiB + 1, 1]);
  expect([content, reasons.length]).toEqual([16 * MiB + 1, 1]);
  expect(Math.max(...asked)).toBe(16 * MiB);
});

test('files above the limit of all files together are named and not read', async () => {
  const { content, reasons, asked } = await collectedOf([...Array<number>(4).fill(16 * MiB), 1]);
  expect([content, reasons.length, asked.length]).toEqual([64 * MiB, 1, 4]);
});

test('more than a thousand files are named and not read', async () => {
  const { content, reasons, asked } = await collectedOf(Array<number>(1_005).fill(1));
  expect([content, reasons.length, asked.length]).toEqual([1_000, 5, 1_000]);
});
