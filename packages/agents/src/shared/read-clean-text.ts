import { readTextPieces, WHOLE_READ_BYTES, withinTime } from '@sandpod/core/backend';
import { BoundedText } from './bounded-text.ts';
import { TextCleaner } from './clean-text.ts';

/** The part of a sandbox's file API that {@link readCleanText} needs. */
export interface ReadableFiles {
  readFile(options: { path: string; abortSignal: AbortSignal }): Promise<ReadableStream<Uint8Array> | null>;
}

export interface ReadCleanTextOptions {
  readonly path: string;
  /** First line to read, 1-based. */
  readonly startLine?: number | undefined;
  /** Last line to read, inclusive. */
  readonly endLine?: number | undefined;
  /** Maximum number of characters; a longer text is cut in the middle. */
  readonly maxCharacters: number;
  readonly abortSignal?: AbortSignal | undefined;
}

export type CleanFileText = { readonly kind: 'text'; readonly text: string; readonly isCut: boolean } | { readonly kind: 'binary' };

/**
 * Reads a file, or a range of its lines, as cleaned guest text for a model. Returns null if the file does not exist.
 *
 * Memory is limited by `maxCharacters`. Nothing is read after the last line or after a NUL.
 *
 * @throws {SandpodError} `file-too-large` above 64 MiB, `invalid-options` for an invalid range, and other errors from `readFile`.
 */
export async function readCleanText(files: ReadableFiles, options: ReadCleanTextOptions): Promise<CleanFileText | null> {
  return withinTime(options, async (timed) => {
    const { path, abortSignal } = timed;
    const content = await files.readFile({ path, abortSignal });
    return content === null ? null : takeText(content, timed);
  });
}

async function takeText(content: ReadableStream<Uint8Array>, options: ReadCleanTextOptions): Promise<CleanFileText> {
  const kept = new BoundedText(options.maxCharacters);
  const cleaner = new TextCleaner();
  for await (const piece of readTextPieces({ ...options, content, maxBytes: WHOLE_READ_BYTES })) {
    if (piece.includes('\0')) return { kind: 'binary' };
    kept.push(cleaner.push(piece));
  }
  kept.push(cleaner.end());
  return { kind: 'text', text: String(kept), isCut: kept.isCut };
}
