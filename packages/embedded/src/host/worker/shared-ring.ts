const CONTROL_BYTES = 64;
const HEAD = 0;
const TAIL = 1;
const CLOSED = 2;
const WAKE = 3;
/**
 * Index of a counter that changes with every event for which the reader may wait. The counter ensures that the reader misses no
 * event between a check and the following wait.
 */
const EVENTS = 4;

/** Allocates the shared memory for a ring of `capacity` bytes. `capacity` must be a power of two. */
export function createRingMemory(capacity: number): SharedArrayBuffer {
  return new SharedArrayBuffer(CONTROL_BYTES + capacity);
}

/**
 * A ring of bytes between a thread that writes and a thread that reads.
 *
 * The head counts all bytes that were written, and the tail all bytes that were read, modulo 2^32. A hostile thread may write to
 * the memory, so numbers read from it are clamped.
 */
export class SharedRing {
  readonly capacity: number;
  readonly #control: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(memory: SharedArrayBuffer) {
    this.#control = new Int32Array(memory, 0, CONTROL_BYTES / Int32Array.BYTES_PER_ELEMENT);
    this.#bytes = new Uint8Array(memory, CONTROL_BYTES);
    this.capacity = this.#bytes.length;
  }

  /** Returns the number of bytes that can be read. */
  get used(): number {
    return Math.min((Atomics.load(this.#control, HEAD) - Atomics.load(this.#control, TAIL)) >>> 0, this.capacity);
  }

  get room(): number {
    return this.capacity - this.used;
  }

  get isClosed(): boolean {
    return Atomics.load(this.#control, CLOSED) !== 0;
  }

  /** Copies bytes into the ring, `offset` bytes after the head. The reader sees them only after `publish`. */
  put(bytes: Uint8Array, offset = 0): void {
    const start = ((Atomics.load(this.#control, HEAD) >>> 0) + offset) % this.capacity;
    const first = Math.min(bytes.length, this.capacity - start);
    this.#bytes.set(bytes.subarray(0, first), start);
    this.#bytes.set(bytes.subarray(first), 0);
  }

  /** Makes the bytes from previous `put` calls readable. */
  publish(length: number): void {
    Atomics.add(this.#control, HEAD, length);
    this.#wakeReader();
  }

  /** Returns a copy of the bytes that start `offset` bytes after the tail. They stay in the ring until `consume`. */
  peek(offset: number, length: number): Uint8Array {
    const copied = new Uint8Array(length);
    const start = ((Atomics.load(this.#control, TAIL) >>> 0) + offset) % this.capacity;
    const first = Math.min(length, this.capacity - start);
    copied.set(this.#bytes.subarray(start, start + first));
    copied.set(this.#bytes.subarray(0, length - first), first);
    return copied;
  }

  consume(length: number): void {
    Atomics.add(this.#control, TAIL, length);
    Atomics.notify(this.#control, TAIL);
  }

  /** Marks the end of the data. No more bytes will be written. */
  close(): void {
    Atomics.store(this.#control, CLOSED, 1);
    this.#wakeReader();
  }

  /** Makes the ring as good as new. No thread may be using it. */
  reset(): void {
    this.#control.fill(0);
  }

  /** Blocks the writing thread until there is room. */
  waitForRoom(length: number): void {
    for (;;) {
      const tail = Atomics.load(this.#control, TAIL);
      if (this.room >= length) return;
      Atomics.wait(this.#control, TAIL, tail);
    }
  }

  /** Blocks the reading thread until there are bytes or the ring is closed. */
  waitForBytes(): void {
    for (;;) {
      const events = Atomics.load(this.#control, EVENTS);
      if (this.used > 0 || this.isClosed) return;
      Atomics.wait(this.#control, EVENTS, events);
    }
  }

  /** Returns true only for the first call after `woken`, because a single message is enough to wake the other side. */
  needsWake(): boolean {
    return Atomics.exchange(this.#control, WAKE, 1) === 0;
  }

  /** Allows the next wake message. Call this before reading the ring's state. */
  woken(): void {
    Atomics.store(this.#control, WAKE, 0);
  }

  #wakeReader(): void {
    Atomics.add(this.#control, EVENTS, 1);
    Atomics.notify(this.#control, EVENTS);
  }
}
