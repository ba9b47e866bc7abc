import { addAbortListener } from 'node:events';
import type { OutputChunk } from '../contract/process.ts';

/** Maximum time in milliseconds to wait for the end of the output after an abort. */
const DRAIN_MS = 2_000;

/** Passes every chunk on until the stream ends. After an abort, the stream is read for at most 2 s, even if the platform hangs. */
export async function pumpOutput(options: {
  readonly output: ReadableStream<OutputChunk>;
  readonly push: (chunk: OutputChunk) => void | Promise<void>;
  readonly abortSignal: AbortSignal | undefined;
}): Promise<void> {
  const { output, push, abortSignal } = options;
  const reader = output.getReader();
  const stop = (): void => {
    setTimeout(() => void reader.cancel().catch(() => {}), DRAIN_MS).unref();
  };
  using _listener = abortSignal && addAbortListener(abortSignal, stop);
  for (let next = await reader.read(); !next.done; next = await reader.read()) await push(next.value);
}
