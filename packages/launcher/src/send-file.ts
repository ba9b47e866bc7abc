import { addAbortListener } from 'node:events';
import { SandpodError, type WriteFileOptions } from '@sandpod/core';
import { abortable } from '@sandpod/core/backend';
import type { Exchange } from './exchange.ts';
import type { Launcher } from './launcher.ts';
import { LauncherLost, LauncherRefusal } from './launcher-failure.ts';
import { encodeFrames, LAST_FRAME, STOP_FRAME } from './launcher-message.ts';

export interface SendFileOptions extends WriteFileOptions<ReadableStream<Uint8Array>> {
  readonly exchange: Exchange;
}

/** Small chunks are combined into larger frames, because the sandbox must start a process for each frame. */
const BATCH_BYTES = 512 * 1024;
/** Time limit in milliseconds for a launcher to remove an incomplete file. */
const TAKE_BACK_MS = 2_000;

/**
 * Sends a file's content. Resolves when the complete file is in place. If the content fails or the signal aborts, the launcher removes the
 * incomplete file before this rejects.
 */
export async function sendFile(launcher: Launcher, options: SendFileOptions): Promise<void> {
  const { content, exchange, abortSignal } = options;
  const reader = content.getReader();
  const aborted = Promise.withResolvers<never>();
  aborted.promise.catch(() => {});
  using _ = abortSignal && addAbortListener(abortSignal, () => aborted.reject(abortSignal.reason));
  let isSent = false;
  try {
    await Promise.race([exchange.begun, aborted.promise]);
    await Promise.race([sendAll(launcher, { reader, exchange }), aborted.promise]);
    isSent = true;
    void launcher.send(LAST_FRAME);
    await Promise.race([exchange.ended, aborted.promise]);
  } catch (error) {
    reader.cancel(error).catch(() => {});
    if (!(error instanceof LauncherRefusal || error instanceof LauncherLost)) {
      if (!isSent) void launcher.send(STOP_FRAME);
      await settled(launcher, exchange);
    }
    throw error;
  } finally {
    reader.releaseLock();
  }
}

async function sendAll(
  launcher: Launcher,
  options: { readonly reader: ReadableStreamDefaultReader<Uint8Array>; readonly exchange: Exchange },
): Promise<void> {
  const { reader, exchange } = options;
  // A signal is used instead of Promise.race, because a promise in a race would keep every chunk in memory until the end.
  const early = new AbortController();
  exchange.ended.then(refuseEarlyEnd).catch((error: unknown) => early.abort(error));
  let waiting: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await abortable(reader.read(), early.signal);
    if (value !== undefined) {
      waiting.push(value);
      size += value.byteLength;
    }
    if (!done && size < BATCH_BYTES) continue;
    for (const frame of encodeFrames(Buffer.concat(waiting))) await abortable(launcher.send(frame), early.signal);
    waiting = [];
    size = 0;
    if (done) break;
  }
}

function refuseEarlyEnd(): never {
  throw new SandpodError({ code: 'transport', message: 'The launcher stopped a write before it had received all of the content.' });
}

/**
 * Waits until an aborted write has ended, so that no other request follows before. The write may still take effect if everything was sent.
 */
async function settled(launcher: Launcher, exchange: Exchange): Promise<void> {
  const timer = setTimeout(() => launcher.destroy(new Error('The launcher did not undo a write.')), TAKE_BACK_MS);
  await exchange.ended.catch(() => {});
  clearTimeout(timer);
}
