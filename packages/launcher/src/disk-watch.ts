/** A directory whose files may take this many bytes. */
export interface DiskLimit {
  readonly path: string;
  readonly bytes: number;
}

export interface DiskWatchOptions {
  readonly limits: readonly DiskLimit[];
  /** The launcher's answer: ` ` and the kilobytes of each directory, in order; undefined if there is none. */
  readonly measure: (paths: readonly string[]) => Promise<string | undefined>;
  /** Called with one sentence. */
  readonly onExceeded: (reason: string) => void;
}

/** Milliseconds from the start of a program to the first look, and between looks. */
const FIRST_MS = 1_500;
const EVERY_MS = 2_000;
/** A look at very many files takes long: the pause is at least this many times as long. */
const PAUSE_SHARE = 10;

/** While programs run, looks whether they write more than a platform permits that itself notices it late. */
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
    onExceeded(`The files in ${exceeded.path} take ${sizes[index]} bytes, more than the ${exceeded.bytes} that are permitted.`);
  }
}

/** Bytes; undefined for a directory that could not be measured. */
function sizesIn(answer = ''): (number | undefined)[] {
  const parts = answer.split(' ').slice(1);
  return parts.map((kilobytes) => (/^\d{1,12}$/.test(kilobytes) ? Number(kilobytes) * 1024 : undefined));
}
