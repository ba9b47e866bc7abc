/** The promise's value, or a failure that says what did not happen in time. */
export async function within<T>(promise: Promise<T>, options: { readonly ms: number; readonly what: string }): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`Expected ${options.what} within ${options.ms} ms.`)), options.ms);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves after this many milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The same promise; that it may reject before somebody waits for it is no accident. */
export function awaitedLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
