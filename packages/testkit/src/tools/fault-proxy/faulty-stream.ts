import { Transform, type TransformCallback } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Direction, Fault } from './fault.ts';

/** Number of pieces per second in a slow stream. */
const PIECES_PER_SECOND = 20;

/** One direction of a connection. Passes on bytes until the moment of the fault, slowly if requested. */
export class FaultyStream extends Transform {
  readonly #bytesPerSecond: number;
  readonly #onMoment: () => void;
  /** Number of bytes that still pass before the fault. Negative after the fault. */
  #room: number;

  /** `onMoment` is called once when the fault's number of bytes has passed in this direction. */
  constructor(options: { readonly fault: Fault | undefined; readonly direction: Direction; readonly onMoment: () => void }) {
    super();
    const { fault, direction, onMoment } = options;
    this.#bytesPerSecond = isSlow(fault, direction) ? fault.bytesPerSecond : Number.POSITIVE_INFINITY;
    this.#room = roomIn(fault, direction);
    this.#onMoment = onMoment;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#pass(chunk).then(() => done(), done);
  }

  async #pass(chunk: Buffer): Promise<void> {
    await this.#pushSlowly(chunk.subarray(0, Math.max(0, this.#room)));
    const isMoment = this.#room >= 0 && this.#room <= chunk.byteLength;
    this.#room = isMoment ? -1 : this.#room - chunk.byteLength;
    if (isMoment) this.#onMoment();
  }

  async #pushSlowly(bytes: Buffer): Promise<void> {
    const pieceBytes = Math.max(1, Math.ceil(this.#bytesPerSecond / PIECES_PER_SECOND));
    for (let offset = 0; offset < bytes.byteLength && !this.destroyed; offset += pieceBytes) {
      const piece = bytes.subarray(offset, offset + pieceBytes);
      this.push(piece);
      if (Number.isFinite(this.#bytesPerSecond)) await delay((piece.byteLength / this.#bytesPerSecond) * 1_000);
    }
  }
}

function isSlow(fault: Fault | undefined, direction: Direction): fault is Extract<Fault, { kind: 'throttle' }> {
  return fault?.kind === 'throttle' && (fault.direction ?? direction) === direction;
}

function roomIn(fault: Fault | undefined, direction: Direction): number {
  const counts = fault !== undefined && 'afterBytes' in fault && (fault.direction ?? 'down') === direction;
  return counts ? (fault.afterBytes ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
}
