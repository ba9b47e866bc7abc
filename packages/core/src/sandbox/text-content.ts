import { TextDecoder } from 'node:util';
import { SandpodError } from '../errors/sandpod-error.ts';

const WRITE_ENCODINGS = ['utf-8', 'utf8', 'utf-16le', 'utf16le', 'latin1', 'ascii', 'base64', 'hex'] as const;
type WriteEncoding = (typeof WRITE_ENCODINGS)[number];

const PIECE_BYTES = 64 * 1024;

/** Decodes the text of a file, or only the lines from `startLine` to `endLine`. Both are 1-based and inclusive. */
export function decodeTextRange(
  bytes: Uint8Array,
  options: { readonly encoding?: string | undefined; readonly startLine?: number | undefined; readonly endLine?: number | undefined },
): string {
  const { encoding = 'utf-8', startLine, endLine } = options;
  const text = decoderOf(encoding).decode(bytes);
  if (startLine === undefined && endLine === undefined) return text;
  const from = startLine ?? 1;
  const to = endLine ?? Number.POSITIVE_INFINITY;
  if (!Number.isInteger(from) || from < 1 || to < from) throw invalidRange(startLine, endLine);
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return lines.slice(from - 1, to).join('');
}

/** Encodes text as bytes. Default encoding: UTF-8. @throws {SandpodError} `invalid-options` for an unknown encoding. */
export function encodeText(text: string, encoding = 'utf-8'): Uint8Array {
  const name = encoding.toLowerCase() as WriteEncoding;
  if (!WRITE_ENCODINGS.includes(name)) throw unknownEncoding(encoding, WRITE_ENCODINGS.join(', '));
  return Buffer.from(text, name === 'utf-16le' ? 'utf16le' : name);
}

/** Returns a stream of the bytes, in pieces of at most 64 KiB, so that a piece does not fill a connection's buffer. */
export function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let offset = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (offset >= bytes.byteLength) return controller.close();
      controller.enqueue(bytes.subarray(offset, offset + PIECE_BYTES));
      offset += PIECE_BYTES;
    },
  });
}

function decoderOf(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { ignoreBOM: true });
  } catch (error) {
    throw unknownEncoding(encoding, 'a WHATWG encoding label such as utf-8 or latin1', error);
  }
}

function unknownEncoding(encoding: string, expected: string, cause?: unknown): SandpodError {
  return new SandpodError({
    code: 'invalid-options',
    message: `encoding: expected ${expected}, given ${JSON.stringify(encoding)}.`,
    cause,
  });
}

function invalidRange(startLine: number | undefined, endLine: number | undefined): SandpodError {
  return new SandpodError({
    code: 'invalid-options',
    message: `startLine and endLine: expected whole numbers, 1 <= startLine <= endLine, given ${startLine} and ${endLine}.`,
  });
}
