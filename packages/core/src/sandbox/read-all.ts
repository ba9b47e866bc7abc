import { SandpodError } from '../errors/sandpod-error.ts';

/** Default of `maxBytes` for `readBinaryFile` and `readTextFile`. */
export const WHOLE_READ_BYTES: number = 64 * 1024 * 1024;

/** Reads a whole stream. @throws {SandpodError} `file-too-large` if the stream has more than `maxBytes` bytes. */
export async function readAll(options: {
  readonly content: ReadableStream<Uint8Array>;
  readonly maxBytes: number;
  readonly path: string;
}): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of options.content) {
    size += chunk.byteLength;
    if (size > options.maxBytes) throw fileTooLarge(options.path, options.maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

export function fileTooLarge(path: string, maxBytes: number): SandpodError {
  return new SandpodError({
    code: 'file-too-large',
    message: `The file ${JSON.stringify(path)} is larger than the limit of ${maxBytes} bytes (maxBytes).`,
    details: { path, maxBytes },
  });
}
