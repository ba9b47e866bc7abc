import { Pace } from '../control/pace.ts';
import { SandpodError } from '../errors/sandpod-error.ts';

/** Default value of `maxBytes` for `readBinaryFile` and `readTextFile`. */
export const WHOLE_READ_BYTES: number = 64 * 1024 * 1024;

export interface ReadAllOptions {
  readonly content: ReadableStream<Uint8Array>;
  readonly maxBytes: number;
  readonly path: string;
  readonly abortSignal?: AbortSignal | undefined;
}

/** Reads a whole stream. @throws {SandpodError} `file-too-large` if the stream has more than `maxBytes` bytes. */
export async function readAll(options: ReadAllOptions): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of readChunks(options)) {
    size += chunk.byteLength;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/**
 * Yields the chunks of a stream, and lets the event loop run between them. Leaving the loop cancels the stream.
 *
 * @throws {SandpodError} `file-too-large` if the stream has more than `maxBytes` bytes.
 */
export async function* readChunks({ content, maxBytes, path, abortSignal }: ReadAllOptions): AsyncGenerator<Uint8Array, void, void> {
  const pace = new Pace(abortSignal);
  let size = 0;
  for await (const chunk of content) {
    size += chunk.byteLength;
    if (size > maxBytes) throw fileTooLarge(path, maxBytes);
    yield chunk;
    if (pace.isDue) await pace.turn();
  }
}

export function fileTooLarge(path: string, maxBytes: number): SandpodError {
  return new SandpodError({
    code: 'file-too-large',
    message: `The file ${JSON.stringify(path)} is larger than the limit of ${maxBytes} bytes (maxBytes).`,
    details: { path, maxBytes },
  });
}
