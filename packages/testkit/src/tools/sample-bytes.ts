import { createHash } from 'node:crypto';

/** Returns pseudo-random bytes, which are cheap to create and always the same. */
export function sampleBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = 0x2545f491;
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

/** Returns the output of the sample programs `digestInput` and `digestFile` for these bytes. */
export function digestLine(bytes: Uint8Array): string {
  return `${bytes.byteLength} ${createHash('sha256').update(bytes).digest('hex')}\n`;
}

/** Returns a stream of these bytes. If `failAfter` is set, the stream fails with `error` after that many bytes. */
export function byteStream(
  bytes: Uint8Array,
  options: { readonly failAfter?: number; readonly error?: Error } = {},
): ReadableStream<Uint8Array> {
  const { failAfter, error = new Error('The source failed.') } = options;
  const end = failAfter ?? bytes.byteLength;
  let offset = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (offset < end) {
        controller.enqueue(bytes.slice(offset, Math.min(offset + 64 * 1024, end)));
        offset += 64 * 1024;
      } else if (failAfter === undefined) controller.close();
      else controller.error(error);
    },
  });
}
