/** Resolves with the promise's value. Rejects if the promise takes longer than `ms`. */
export async function within<T>(promise: Promise<T>, options: { readonly ms: number; readonly what: string }): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`Expected ${options.what} within ${options.ms} ms.`)), options.ms);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves after the given number of milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Returns the same promise, and prevents an unhandled rejection if it rejects before it is awaited. */
export function awaitedLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
