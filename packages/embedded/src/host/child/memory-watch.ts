const INTERVAL_MS = 250;

/** Checks the memory use of this process regularly and calls `onExceeded` while it is above `maximumBytes`. */
export function watchMemory(options: { readonly maximumBytes: () => number; readonly onExceeded: () => void }): void {
  const timer = setInterval(() => {
    if (process.memoryUsage.rss() > options.maximumBytes()) options.onExceeded();
  }, INTERVAL_MS);
  timer.unref();
}
