import { addAbortListener } from 'node:events';
import type { ExitStatus, OutputChunk, SandboxProcess } from '../contract/process.ts';
import { abortable } from '../control/abortable.ts';
import { resolvesWithin } from '../control/settles-within.ts';
import { feedInput } from './feed-input.ts';
import { pumpOutput } from './pump-output.ts';

/** Milliseconds that a process has, after it was aborted and its output has ended, to say how it ended. */
const REPORT_MS = 2_000;

export interface FollowProcessOptions {
  /** Receives the output. The process waits while the promise is pending. */
  readonly onChunk: (chunk: OutputChunk) => void | Promise<void>;
  /** Everything that the process can read. Only for a process with `stdin`. */
  readonly stdin?: string | Uint8Array | ReadableStream<Uint8Array> | undefined;
  /** The signal that the process was started with. After its abort, output is read for 2 s at most. */
  readonly abortSignal?: AbortSignal | undefined;
  /** Is called if the process could not be killed within 5 s. The sandbox must then be replaced. */
  readonly onStuck?: (() => void) | undefined;
}

/**
 * Follows a process to its end: feeds standard input, passes the output on, and waits. If anything fails, the process is killed.
 *
 * @throws what ended the process: a {@link ProcessLost}, the abort's reason, or another error. A broken output stream is only a
 * symptom, so `wait()` is asked for the cause first.
 */
export async function followProcess(process: SandboxProcess, options: FollowProcessOptions): Promise<ExitStatus> {
  const { onChunk, stdin, abortSignal, onStuck } = options;
  const feeding = process.stdin === undefined || stdin === undefined ? undefined : feedInput(process.stdin, stdin);
  feeding?.catch(() => {});
  let killing: Promise<boolean> | undefined;
  const isKilled = (): Promise<boolean> => {
    killing ??= resolvesWithin(process.kill());
    return killing;
  };
  using _listener = abortSignal && addAbortListener(abortSignal, () => void isKilled());
  try {
    await pumpOutput({ output: process.output, push: onChunk, abortSignal });
    const status = await reported(process.wait(), abortSignal);
    await feeding;
    return status;
  } catch (error) {
    if (await isKilled()) throw await causeOf(process, error);
    onStuck?.();
    throw error;
  }
}

/** The status of a process, or the abort's reason if the process does not report its end soon after an abort. */
async function reported(status: Promise<ExitStatus>, abortSignal: AbortSignal | undefined): Promise<ExitStatus> {
  try {
    return await abortable(status, abortSignal);
  } catch (error) {
    if (abortSignal?.aborted && (await resolvesWithin(status, REPORT_MS))) return await status;
    throw error;
  }
}

async function causeOf(process: SandboxProcess, error: unknown): Promise<unknown> {
  const cause = process.wait().then(
    () => error,
    (lost: unknown) => lost,
  );
  return (await resolvesWithin(cause, REPORT_MS)) ? await cause : error;
}
