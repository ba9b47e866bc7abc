const INTERVAL_MS = 250;

/** Regularly checks the memory use of this process. Calls `onExceeded` each time when it is above `maximumBytes`. */
export function watchMemory(options: { readonly maximumBytes: () => number; readonly onExceeded: () => void }): void {
  const timer = setInterval(() => {
    if (process.memoryUsage.rss() > options.maximumBytes()) options.onExceeded();
  }, INTERVAL_MS);
  timer.unref();
}
