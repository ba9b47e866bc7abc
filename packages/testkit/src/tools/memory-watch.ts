import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Milliseconds between two samples. Each sample starts with a garbage collection. */
const LOOK_EVERY_MS = 100;

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Measures the memory of this process while something runs: the JavaScript heap and buffers, without garbage. */
export class MemoryWatch implements Disposable {
  readonly #baseBytes: number = inUse();
  #peakBytes: number = this.#baseBytes;
  readonly #timer: NodeJS.Timeout = setInterval(() => this.#look(), LOOK_EVERY_MS);

  /** Maximum growth since the start, in bytes. */
  grownBytes(): number {
    this.#look();
    return this.#peakBytes - this.#baseBytes;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    this.#peakBytes = Math.max(this.#peakBytes, inUse());
  }
}

function inUse(): number {
  collect();
  // A collection frees buffers in the background. The next collection waits for that.
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
