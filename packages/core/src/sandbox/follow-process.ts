import { addAbortListener } from 'node:events';
import type { ExitStatus, OutputChunk, SandboxProcess } from '../contract/process.ts';
import { abortable } from '../control/abortable.ts';
import { resolvesWithin } from '../control/settles-within.ts';
import { feedInput } from './feed-input.ts';
import { pumpOutput } from './pump-output.ts';

/** Milliseconds to wait for the exit status of an aborted process after its output has ended. */
const REPORT_MS = 2_000;

export interface FollowProcessOptions {
  /** Receives the output. The process waits while the promise is pending. */
  readonly onChunk: (chunk: OutputChunk) => void | Promise<void>;
  /** The complete standard input. Allowed only for a process that was spawned with `stdin: true`. */
  readonly stdin?: string | Uint8Array | ReadableStream<Uint8Array> | undefined;
  /** The abort signal of the process. After an abort, output is read for at most 2 s. */
  readonly abortSignal?: AbortSignal | undefined;
  /** Called if the process could not be killed within 5 s. The sandbox must then be replaced. */
  readonly onStuck?: (() => void) | undefined;
}

/**
 * Writes the standard input of a process, passes its output on, and waits until it exits. If any of this fails, the process is killed.
 *
 * @throws the error that ended the process: a {@link ProcessLost}, the abort reason or another error. If the output stream breaks,
 * the error of `wait()` takes precedence, because it contains the cause.
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

/** Returns the status of a process. @throws the abort reason if the process does not report its end soon after an abort. */
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
