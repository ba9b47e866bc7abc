import { addAbortListener } from 'node:events';
import type { RemoteCall } from './remote-call.ts';

/** Sends a stream's bytes to a call and waits for the result of the call. If the source fails, the existing file stays unchanged. */
export async function uploadFile(
  call: RemoteCall,
  options: { readonly content: ReadableStream<Uint8Array>; readonly abortSignal?: AbortSignal | undefined },
): Promise<void> {
  const { content, abortSignal } = options;
  const reader = content.getReader();
  const stop = (): void => {
    call.cancel();
    reader.cancel(abortSignal?.reason).catch(() => {});
  };
  using _stopped = abortSignal && addAbortListener(abortSignal, stop);
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (!(await call.write(part.value))) break;
    }
    abortSignal?.throwIfAborted();
    call.end();
    await call.result;
  } catch (error) {
    call.cancel();
    throw error;
  } finally {
    reader.cancel().catch(() => {});
  }
}
