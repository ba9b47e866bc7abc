import { SandpodError } from '../errors/sandpod-error.ts';

const WRITE_ENCODINGS = ['utf-8', 'utf8', 'utf-16le', 'utf16le', 'latin1', 'ascii', 'base64', 'hex'] as const;
type WriteEncoding = (typeof WRITE_ENCODINGS)[number];

const PIECE_BYTES = 64 * 1024;

/** Encodes text as bytes. Default encoding: UTF-8. @throws {SandpodError} `invalid-options` for an unknown encoding. */
export function encodeText(text: string, encoding = 'utf-8'): Uint8Array {
  const name = encoding.toLowerCase() as WriteEncoding;
  if (!WRITE_ENCODINGS.includes(name)) throw unknownEncoding(encoding);
  return Buffer.from(text, name === 'utf-16le' ? 'utf16le' : name);
}

/** Returns a stream of the bytes, in pieces of at most 64 KiB, so that no piece fills a connection's buffer. */
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

function unknownEncoding(encoding: string): SandpodError {
  const expected = WRITE_ENCODINGS.join(', ');
  return new SandpodError({ code: 'invalid-options', message: `encoding: expected ${expected}, given ${JSON.stringify(encoding)}.` });
}
