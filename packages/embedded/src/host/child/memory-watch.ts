const INTERVAL_MS = 250;

/** Calls back each time this process holds more memory than `maximumBytes`. */
export function watchMemory(options: { readonly maximumBytes: () => number; readonly onExceeded: () => void }): void {
  const timer = setInterval(() => {
    if (process.memoryUsage.rss() > options.maximumBytes()) options.onExceeded();
  }, INTERVAL_MS);
  timer.unref();
}
