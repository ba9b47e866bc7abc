import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Milliseconds between two samples. */
const LOOK_EVERY_MS = 100;
/**
 * Minimum pause between samples, as a multiple of the time that a sample takes. Each sample collects garbage and so delays the measured
 * code.
 */
const PAUSE_FACTOR = 4;

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Measures the memory that this process uses while other code runs. It counts the JavaScript heap and buffers, but not garbage. */
export class MemoryWatch implements Disposable {
  readonly #baseBytes: number = inUse();
  #peakBytes: number = this.#baseBytes;
  #timer: NodeJS.Timeout = setTimeout(() => this.#lookAgain(), LOOK_EVERY_MS);

  /** Returns the maximum growth since the start, in bytes. */
  grownBytes(): number {
    this.#look();
    return this.#peakBytes - this.#baseBytes;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #lookAgain(): void {
    const startedMs = performance.now();
    this.#look();
    const pauseMs = Math.max(LOOK_EVERY_MS, PAUSE_FACTOR * (performance.now() - startedMs));
    this.#timer = setTimeout(() => this.#lookAgain(), pauseMs);
  }

  #look(): void {
    this.#peakBytes = Math.max(this.#peakBytes, inUse());
  }
}

function inUse(): number {
  collect();
  // A collection frees buffers in the background. The next collection waits until they are freed.
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
