/** Work that runs synchronously, except when it waits for a file or a command. */
export type Steps<T> = Generator<Promise<unknown>, T, unknown>;

/** Waits for a promise. */
export function* awaited<T>(promise: Promise<T>): Steps<T> {
  return (yield promise) as T;
}

/** Runs all steps to the end. */
export async function runSteps<T>(steps: Steps<T>): Promise<T> {
  let step = steps.next();
  while (!step.done) {
    try {
      step = steps.next(await step.value);
    } catch (error) {
      step = steps.throw(error);
    }
  }
  return step.value;
}
