const INTERVAL_MS = 250;

/** Checks the memory use of this process regularly. Each time that it is above `maximumBytes`, calls `onExceeded`. */
export function watchMemory(options: { readonly maximumBytes: () => number; readonly onExceeded: () => void }): void {
  const timer = setInterval(() => {
    if (process.memoryUsage.rss() > options.maximumBytes()) options.onExceeded();
  }, INTERVAL_MS);
  timer.unref();
}
