/** Watches how much memory this process takes while something runs. */
export class MemoryWatch implements Disposable {
  readonly #baseBytes: number = process.memoryUsage().rss;
  #peakBytes: number = this.#baseBytes;
  readonly #timer: NodeJS.Timeout = setInterval(() => this.#look(), 20);

  /** Bytes above the start, at the highest. */
  grownBytes(): number {
    this.#look();
    return this.#peakBytes - this.#baseBytes;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    this.#peakBytes = Math.max(this.#peakBytes, process.memoryUsage().rss);
  }
}
