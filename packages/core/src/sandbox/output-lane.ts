/** Maximum number of bytes that wait for a reader. */
const WAITING_BYTES = 1024 * 1024;

/** A stream of output. Its writer stalls while about 1 MiB waits for a reader, until {@link OutputLane.letGo} is called. */
export class OutputLane<Chunk> {
  readonly stream: ReadableStream<Chunk>;
  #controller!: ReadableStreamDefaultController<Chunk>;
  #hasRoom = Promise.withResolvers<void>();
  #isCancelled = false;
  #isReleased = false;
  #isCut = false;
  #hasEnded = false;

  constructor(sizeOf: (chunk: Chunk) => number) {
    this.stream = new ReadableStream<Chunk>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => {
          this.#hasRoom.resolve();
          this.#closeIfRead();
        },
        cancel: () => {
          this.#isCancelled = true;
          this.#hasRoom.resolve();
        },
      },
      { highWaterMark: WAITING_BYTES, size: sizeOf },
    );
  }

  /** Adds a chunk. Resolves when the stream can accept more. */
  async push(chunk: Chunk): Promise<void> {
    while (this.#isFull && !this.#canDrop) {
      this.#hasRoom = Promise.withResolvers<void>();
      await this.#hasRoom.promise;
    }
    this.#isCut ||= this.#isFull;
    if (!this.#isCancelled && !this.#isCut) this.#controller.enqueue(chunk);
  }

  /**
   * From now on, output that does not fit is dropped if the stream has no reader. A later reader gets what waits, and then an error, so that
   * it does not mistake the beginning of the output for the whole.
   */
  letGo(): void {
    this.#isReleased = true;
    this.#hasRoom.resolve();
  }

  /** Ends the stream. Output that waits can still be read. */
  end(): void {
    this.#hasEnded = true;
    if (this.#isCut) this.#closeIfRead();
    else if (!this.#isCancelled) this.#controller.close();
  }

  fail(error: unknown): void {
    if (!this.#isCancelled) this.#controller.error(error);
  }

  get #isFull(): boolean {
    return !this.#isCancelled && (this.#controller.desiredSize ?? 0) <= 0;
  }

  get #canDrop(): boolean {
    return this.#isCut || (this.#isReleased && !this.stream.locked);
  }

  /** Reports dropped output once everything before it has been read. An error would discard what still waits. */
  #closeIfRead(): void {
    if (this.#hasEnded && this.#isCut && this.#controller.desiredSize === WAITING_BYTES)
      this.fail(new Error('The output had no reader while wait() was called, so everything after the first 1 MiB was dropped.'));
  }
}

/** Passes every chunk of a stream to `push`, then ends the lanes. A failure of the stream becomes a failure of the lanes. */
export async function feedLanes<Chunk>(
  source: ReadableStream<Chunk>,
  { push, lanes }: { readonly push: (chunk: Chunk) => Promise<void>; readonly lanes: readonly Pick<OutputLane<unknown>, 'end' | 'fail'>[] },
): Promise<void> {
  try {
    for await (const chunk of source) await push(chunk);
    for (const lane of lanes) lane.end();
  } catch (error) {
    for (const lane of lanes) lane.fail(error);
  }
}
