import { SandpodError } from '../errors/sandpod-error.ts';

/** All bytes of a stream; fails with `file-too-large` instead of holding more than `maxBytes`. */
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
