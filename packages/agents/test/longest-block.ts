/** Milliseconds for which work holds the event loop at most. */
export async function longestBlockMs(work: () => Promise<unknown>): Promise<number> {
  let longestMs = 0;
  let lastMs = performance.now();
  const note = (): void => {
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - lastMs);
    lastMs = nowMs;
  };
  const timer = setInterval(note, 1);
  try {
    await work();
  } finally {
    clearInterval(timer);
    note();
  }
  return longestMs;
}
