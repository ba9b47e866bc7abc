import { addAbortListener } from 'node:events';
import type { OutputChunk } from '@sandpod/core';
import { fileTooLarge } from '@sandpod/core/backend';
import type { RemoteCall } from './remote-call.ts';

/**
 * Creates a stream of a run's output. The stream ends when the run ends, for any reason. If the reader cancels the stream, the
 * remaining output is dropped.
 */
export function outputStream(call: RemoteCall): ReadableStream<OutputChunk> {
  return new ReadableStream<OutputChunk>(
    {
      pull: async (controller) => {
        const chunk = await call.next();
        if (chunk) controller.enqueue({ stream: chunk.stream ?? 'stdout', bytes: chunk.bytes });
        else controller.close();
      },
      cancel: () => void discardRest(call),
    },
    { highWaterMark: 0 },
  );
}

/** Creates a stream to a run's standard input. After the run has ended, writes fail, as they do on a broken pipe. */
export function inputStream(call: RemoteCall): WritableStream<Uint8Array> {
  return new WritableStream<Uint8Array>({
    start: (controller) => {
      const fail = (): void => controller.error(new Error('The process has ended.'));
      void call.result.then(fail, fail);
    },
    write: async (bytes) => {
      if (!(await call.write(bytes))) throw new Error('The process has ended.');
    },
    close: () => call.end(),
    abort: () => call.end(),
  });
}

export interface FileStreamOptions {
  readonly path: string;
  readonly maxBytes?: number | undefined;
  readonly abortSignal?: AbortSignal | undefined;
  /** Converts the error of a failed call. */
  readonly toError: (error: unknown) => unknown;
}

/** Creates a stream of a file's bytes. The stream fails unless all bytes arrive. */
export function fileStream(call: RemoteCall, options: FileStreamOptions): ReadableStream<Uint8Array> {
  const { abortSignal, maxBytes = Number.POSITIVE_INFINITY } = options;
  let received = 0;
  const listener = abortSignal && addAbortListener(abortSignal, () => call.cancel());
  const finish = (): void => listener?.[Symbol.dispose]();
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const chunk = await call.next();
        abortSignal?.throwIfAborted();
        received += chunk?.bytes.length ?? 0;
        if (received > maxBytes) {
          finish();
          call.cancel();
          throw fileTooLarge(options.path, maxBytes);
        }
        if (chunk) return controller.enqueue(chunk.bytes);
        finish();
        await call.result.catch((error: unknown) => Promise.reject(options.toError(error)));
        controller.close();
      },
      cancel: () => {
        finish();
        call.cancel();
        void discardRest(call);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Reads and drops the rest of the data that the child sends. */
export async function discardRest(call: RemoteCall): Promise<void> {
  while (await call.next());
}
