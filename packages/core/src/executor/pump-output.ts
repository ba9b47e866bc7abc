import type { OutputChunk } from '../contract/process.ts';

/** Time that output may take to end after a run was ended from outside. */
const DRAIN_MS = 2_000;

/** Hands every chunk on until the stream ends; after an abort only for a moment longer, however stuck the platform is. */
export async function pumpOutput(options: {
  readonly output: ReadableStream<OutputChunk>;
  readonly push: (chunk: OutputChunk) => Promise<void>;
  readonly abortSignal: AbortSignal;
}): Promise<void> {
  const { output, push, abortSignal } = options;
  const reader = output.getReader();
  const stop = (): void => {
    setTimeout(() => void reader.cancel().catch(() => {}), DRAIN_MS).unref();
  };
  if (abortSignal.aborted) stop();
  else abortSignal.addEventListener('abort', stop, { once: true });
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) await push(next.value);
  } finally {
    abortSignal.removeEventListener('abort', stop);
  }
}
