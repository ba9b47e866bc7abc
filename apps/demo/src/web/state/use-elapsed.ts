import { useEffect, useState } from 'react';

const TICK_MS = 100;

/** Returns the number of milliseconds since `isRunning` became true. Stops counting when `isRunning` becomes false. */
export function useElapsed(isRunning: boolean): number {
  const [elapsedMs, setElapsedMs] = useState(0);
  useEffect(() => {
    if (!isRunning) return;
    const startedAt = performance.now();
    const timer = setInterval(() => setElapsedMs(performance.now() - startedAt), TICK_MS);
    return () => clearInterval(timer);
  }, [isRunning]);
  return elapsedMs;
}
