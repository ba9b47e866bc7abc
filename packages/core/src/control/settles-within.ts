/** Milliseconds to wait for a process or session to end. After that, the sandbox counts as stuck. */
const DEFAULT_MS = 5_000;

/** Returns true if the promise resolves or rejects within `withinMs`, 5 s by default. */
export async function settlesWithin(promise: Promise<unknown>, withinMs: number = DEFAULT_MS): Promise<boolean> {
  return resolvesWithin(Promise.allSettled([promise]), withinMs);
}

/** Returns true if the promise resolves within `withinMs`, 5 s by default; false if it rejects or takes longer. */
export async function resolvesWithin(promise: Promise<unknown>, withinMs: number = DEFAULT_MS): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), withinMs);
  const isResolved = promise.then(
    () => true,
    () => false,
  );
  return Promise.race([late.promise, isResolved]).finally(() => clearTimeout(timer));
}
