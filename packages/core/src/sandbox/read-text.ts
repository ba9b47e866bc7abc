import { TextDecoder } from 'node:util';
import { SandpodError } from '../errors/sandpod-error.ts';
import { LineRange } from './line-range.ts';
import { type ReadAllOptions, readChunks } from './read-all.ts';

export interface ReadTextOptions extends ReadAllOptions {
  /** A WHATWG encoding label. Default `utf-8`. */
  readonly encoding?: string | undefined;
  readonly startLine?: number | undefined;
  readonly endLine?: number | undefined;
}

/**
 * Decodes a stream, or only the lines from `startLine` to `endLine`. Both are 1-based and inclusive. Nothing after the last line is read.
 *
 * @throws {SandpodError} `invalid-options` for an unknown encoding or an invalid range; `file-too-large` if more than `maxBytes` bytes are
 * read.
 */
export async function readText(options: ReadTextOptions): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of readTextPieces(options)) pieces.push(piece);
  return pieces.join('');
}

/** Like {@link readText}, but yields the text in pieces. */
export async function* readTextPieces(options: ReadTextOptions): AsyncGenerator<string, void, void> {
  const decoder = decoderOf(options.encoding ?? 'utf-8');
  const range = new LineRange(options);
  for await (const chunk of readChunks(options)) {
    yield range.take(decoder.decode(chunk, { stream: true }));
    if (range.isOver) return;
  }
  yield range.take(decoder.decode());
}

function decoderOf(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { ignoreBOM: true });
  } catch (error) {
    throw unknownEncoding(encoding, error);
  }
}

function unknownEncoding(encoding: string, cause: unknown): SandpodError {
  return new SandpodError({
    code: 'invalid-options',
    message: `encoding: expected a WHATWG encoding label such as utf-8 or latin1, given ${JSON.stringify(encoding)}.`,
    cause,
  });
}
