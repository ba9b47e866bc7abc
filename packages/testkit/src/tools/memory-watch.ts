import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Milliseconds between two looks; each collects garbage first. */
const LOOK_EVERY_MS = 100;

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Watches how much memory this process has in use while something runs: its JavaScript heap and buffers, without garbage. */
export class MemoryWatch implements Disposable {
  readonly #baseBytes: number = inUse();
  #peakBytes: number = this.#baseBytes;
  readonly #timer: NodeJS.Timeout = setInterval(() => this.#look(), LOOK_EVERY_MS);

  /** Bytes above the start, at the highest. */
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
  // The buffers that one collection found are freed beside it; the next one waits for that.
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
