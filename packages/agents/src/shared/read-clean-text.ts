import { readTextPieces, WHOLE_READ_BYTES, withinTime } from '@sandpod/core/backend';
import { BoundedText } from './bounded-text.ts';
import { TextCleaner } from './clean-text.ts';

/** A file with more bytes that are not UTF-8 is not text. Text in another encoding, with a few letters that are not ASCII, has fewer. */
const MIN_CHARACTERS_PER_INVALID = 4;

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
 * Memory is limited by `maxCharacters`. Nothing is read after the last line, or once it is clear that the file is not text.
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

/** Counts the replacement characters, one for each sequence of bytes that is not UTF-8. */
function countInvalid(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) count += 1;
  return count;
}

async function takeText(content: ReadableStream<Uint8Array>, options: ReadCleanTextOptions): Promise<CleanFileText> {
  const kept = new BoundedText(options.maxCharacters);
  const cleaner = new TextCleaner();
  const seen = { characters: 0, invalid: 0 };
  for await (const piece of readTextPieces({ ...options, content, maxBytes: WHOLE_READ_BYTES })) {
    seen.characters += piece.length;
    seen.invalid += countInvalid(piece);
    if (piece.includes('\0') || seen.invalid * MIN_CHARACTERS_PER_INVALID > seen.characters) return { kind: 'binary' };
    kept.push(cleaner.push(piece));
  }
  kept.push(cleaner.end());
  return { kind: 'text', text: String(kept), isCut: kept.isCut };
}
