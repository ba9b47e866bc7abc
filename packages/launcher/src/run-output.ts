import type { OutputChunk } from '@sandpod/core';

/** Maximum number of bytes that can wait for a reader. If more are waiting, the program stalls, as with a pipe. */
const WAITING_BYTES = 1024 * 1024;

/** The output of one run, as a stream. The number of waiting bytes is limited, and the output is cut off at a maximum size. */
export class RunOutput {
  readonly stream: ReadableStream<OutputChunk>;
  readonly #maxBytes: number;
  readonly #onLimit: () => void;
  #controller!: ReadableStreamDefaultController<OutputChunk>;
  #hasRoom = Promise.withResolvers<void>();
  #total = 0;
  #arrivedMs = performance.now();
  #isDiscarding = false;

  constructor(options: { readonly maxBytes: number; readonly onLimit: () => void }) {
    this.#maxBytes = options.maxBytes;
    this.#onLimit = options.onLimit;
    this.stream = new ReadableStream<OutputChunk>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.#hasRoom.resolve(),
        cancel: () => this.discard(),
      },
      { highWaterMark: WAITING_BYTES, size: (chunk) => chunk.bytes.byteLength },
    );
  }

  /** Adds a chunk. Resolves when the stream can accept more. */
  async write(chunk: OutputChunk): Promise<void> {
    this.#arrivedMs = performance.now();
    if (this.#isDiscarding) return;
    const room = this.#maxBytes - this.#total;
    this.#total += chunk.bytes.byteLength;
    const bytes = chunk.bytes.subarray(0, room);
    if (bytes.byteLength > 0) this.#controller.enqueue({ stream: chunk.stream, bytes });
    if (this.#total > this.#maxBytes) this.#onLimit();
    while (!this.#isDiscarding && (this.#controller.desiredSize ?? 0) <= 0) {
      this.#hasRoom = Promise.withResolvers<void>();
      await this.#hasRoom.promise;
    }
  }

  /** Returns the milliseconds since output last arrived, or 0 while output waits for its reader. */
  get silentMs(): number {
    const isStalled = !this.#isDiscarding && (this.#controller.desiredSize ?? 0) <= 0;
    return isStalled ? 0 : performance.now() - this.#arrivedMs;
  }

  /** Discards all further output, so that a reader that has stopped does not block the program. */
  discard(): void {
    this.#isDiscarding = true;
    this.#hasRoom.resolve();
  }

  /** Ends the stream. Output that waits in the stream can still be read. */
  close(): void {
    this.discard();
    try {
      this.#controller.close();
    } catch {
      // The reader has cancelled the stream.
    }
  }
}
