import { DEFAULT_FILE_TIMEOUT_MS } from '../contract/defaults.ts';
import type { PathOptions } from '../contract/files.ts';
import { abortable } from '../control/abortable.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import { durationMsSchema } from '../options/schemas.ts';
import { validateOptions } from '../options/validate-options.ts';

/**
 * Runs a file operation with the time limit `timeoutMs`, 60 s by default. Each call to `progress` restarts the time limit. After an abort
 * by the caller, the operation may still clean up.
 */
export async function withinTime<Options extends PathOptions, Result>(
  options: Options,
  operate: (options: Options & { readonly abortSignal: AbortSignal }, progress: () => void) => Promise<Result>,
): Promise<Result> {
  const { path, abortSignal } = options;
  const timeoutMs = validateOptions(durationMsSchema.default(DEFAULT_FILE_TIMEOUT_MS), options.timeoutMs, 'timeoutMs');
  const time = new AbortController();
  const timer = setTimeout(() => time.abort(tookTooLong(path, timeoutMs)), timeoutMs);
  const signal = abortSignal === undefined ? time.signal : AbortSignal.any([abortSignal, time.signal]);
  try {
    return await abortable(
      operate({ ...options, abortSignal: signal }, () => void timer.refresh()),
      time.signal,
    );
  } finally {
    clearTimeout(timer);
  }
}

/** Returns a stream with the same content, which calls `progress` for each chunk. */
export function withProgress(content: ReadableStream<Uint8Array>, progress: () => void): ReadableStream<Uint8Array> {
  const reporter = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => {
      progress();
      controller.enqueue(chunk);
    },
  });
  return content.pipeThrough(reporter);
}

function tookTooLong(path: string, timeoutMs: number): SandpodError {
  return new SandpodError({
    code: 'transport',
    message: `The sandbox did not complete a file operation on ${JSON.stringify(path)} within ${timeoutMs} ms (timeoutMs).`,
    advice: 'Try again, raise timeoutMs, or replace the sandbox if it does not answer.',
    details: { path, timeoutMs },
  });
}
