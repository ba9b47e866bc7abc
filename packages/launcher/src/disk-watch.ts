/** A directory, and the number of bytes that its files may use. */
export interface DiskLimit {
  readonly path: string;
  readonly bytes: number;
}

export interface DiskWatchOptions {
  readonly limits: readonly DiskLimit[];
  /**
   * Returns the launcher's answer: for each directory in order, a space and the size in kilobytes. Returns undefined if there is no answer.
   */
  readonly measure: (paths: readonly string[]) => Promise<string | undefined>;
  /** Called with a one-sentence reason. */
  readonly onExceeded: (reason: string) => void;
}

/** Milliseconds from the start of a program to the first measurement, and between measurements. */
const FIRST_MS = 1_500;
const EVERY_MS = 2_000;
/** The pause is at least this many times as long as the measurement, because measuring very many files takes long. */
const PAUSE_SHARE = 10;

/** While programs run, checks whether they exceed disk limits that the platform itself enforces late. */
export class DiskWatch {
  readonly #options: DiskWatchOptions;
  #timer: NodeJS.Timeout | undefined;
  #isRunning = false;

  constructor(options: DiskWatchOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#isRunning || this.#options.limits.length === 0) return;
    this.#isRunning = true;
    this.#lookIn(FIRST_MS);
  }

  stop(): void {
    this.#isRunning = false;
    clearTimeout(this.#timer);
  }

  #lookIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), ms).unref();
  }

  async #look(): Promise<void> {
    const { limits, measure, onExceeded } = this.#options;
    const startedMs = performance.now();
    const sizes = sizesIn(await measure(limits.map(({ path }) => path)));
    if (!this.#isRunning) return;
    const index = limits.findIndex(({ bytes }, position) => (sizes[position] ?? 0) > bytes);
    const exceeded = limits[index];
    if (exceeded === undefined) return this.#lookIn(Math.max(EVERY_MS, (performance.now() - startedMs) * PAUSE_SHARE));
    this.stop();
    onExceeded(`The files in ${exceeded.path} use ${sizes[index]} bytes, and the limit is ${exceeded.bytes} bytes.`);
  }
}

/** Returns the sizes in bytes, with undefined for each directory that could not be measured. */
function sizesIn(answer = ''): (number | undefined)[] {
  const parts = answer.split(' ').slice(1);
  return parts.map((kilobytes) => (/^\d{1,12}$/.test(kilobytes) ? Number(kilobytes) * 1024 : undefined));
}
