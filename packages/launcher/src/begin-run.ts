import { addAbortListener } from 'node:events';
import { ProcessLost, type SpawnOptions } from '@sandpod/core';
import { malformedAnswer } from '@sandpod/core/backend';
import type { Exchange, OutputSink } from './exchange.ts';
import type { Launcher } from './launcher.ts';
import { LauncherLost, LauncherRefusal } from './launcher-failure.ts';
import type { LauncherHost } from './launcher-host.ts';
import { findProcess } from './parse-answer.ts';
import { toSandpodError } from './refusal-error.ts';
import { encodeRun, type StdinMode } from './run-header.ts';
import type { ProcessIdentity } from './run-identity.ts';

/** A program that has started. */
export interface BegunRun {
  readonly launcher: Launcher;
  readonly exchange: Exchange;
  readonly pid: number;
  readonly startTime: string;
}

export interface BeginRunOptions {
  readonly id: string;
  readonly spawn: SpawnOptions;
  readonly stdin: StdinMode;
  readonly sink: OutputSink;
}

/** Number of collected header bytes at which a batch is sent. */
const BATCH_BYTES = 1024 * 1024;
/** Time limit in milliseconds, after an abort, for a launcher to report whether the program has started. */
const LAST_ANSWER_MS = 3_000;

/**
 * Starts a program through a launcher. Resolves when the program is about to run.
 *
 * @throws {SandpodError} if the program cannot be started. @throws the abort reason after an abort, but only if it is certain that the
 * program was not started.
 */
export async function beginRun(host: LauncherHost, options: BeginRunOptions): Promise<BegunRun> {
  const { spawn, stdin, sink } = options;
  const batches = inBatches(encodeRun(spawn, { id: options.id, graceMs: host.graceMs, stdin, ulimits: host.ulimits }));
  const launcher = await host.take(spawn.abortSignal).catch((error: unknown) => {
    throw toSandpodError(error);
  });
  const exchange = launcher.request('run', { sink });
  let isSent = false;
  try {
    await sendHeader(launcher, { batches, exchange, abortSignal: spawn.abortSignal });
    isSent = true;
    const answer = await answered(launcher, { exchange, abortSignal: spawn.abortSignal });
    return { launcher, exchange, ...begunProcess(answer, launcher) };
  } catch (error) {
    void exchange.idle.then(() => host.pool.give(launcher)).catch(() => {});
    throw isSent ? await afterLoss(host, { error, spawn }) : explained(error, spawn);
  }
}

/** Sends the header. The program cannot start before the last batch has been sent, so until then an abort only closes the connection. */
async function sendHeader(
  launcher: Launcher,
  options: { readonly batches: readonly Uint8Array[]; readonly exchange: Exchange; readonly abortSignal: AbortSignal | undefined },
): Promise<void> {
  const { batches, exchange, abortSignal } = options;
  using _ = abortSignal && addAbortListener(abortSignal, () => launcher.destroy(abortSignal.reason));
  for (const batch of batches.slice(0, -1)) await Promise.race([launcher.send(batch), exchange.begun]);
  abortSignal?.throwIfAborted();
  void launcher.send(batches.at(-1) ?? new Uint8Array(0));
}

/**
 * Waits for the launcher's answer. From here on, the program may be running. This function therefore waits for the answer even after an
 * abort, because the answer is needed to kill the program.
 */
async function answered(
  launcher: Launcher,
  options: { readonly exchange: Exchange; readonly abortSignal: AbortSignal | undefined },
): Promise<string> {
  const { exchange, abortSignal } = options;
  let timer: NodeJS.Timeout | undefined;
  const hangUp = (): void => launcher.destroy(abortSignal?.reason);
  using _ =
    abortSignal &&
    addAbortListener(abortSignal, () => {
      timer = setTimeout(hangUp, LAST_ANSWER_MS);
    });
  try {
    return await exchange.begun;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Reads the started process from the answer. If the answer contains no process, closes the launcher, because it is unknown what the
 * launcher started.
 */
function begunProcess(answer: string, launcher: Launcher): ProcessIdentity {
  const process = findProcess(answer);
  if (process !== undefined) return process;
  const error = malformedAnswer('the process that began', answer);
  launcher.destroy(error);
  throw error;
}

/**
 * Returns the error for a failure after the whole header was sent. If the sandbox broke, the program may have started, and must not be
 * started a second time.
 */
async function afterLoss(host: LauncherHost, failed: { readonly error: unknown; readonly spawn: SpawnOptions }): Promise<unknown> {
  const { error, spawn } = failed;
  if (!(error instanceof LauncherLost) || error.hasNoProcesses || spawn.abortSignal?.aborted) return explained(error, spawn);
  const { outcome, reason } = await host.explain(error);
  if (outcome === 'transport') return explained(error, spawn);
  return new ProcessLost({ outcome, reason: `${reason} It is not known whether the program had started.`, cause: error });
}

function explained(error: unknown, spawn: SpawnOptions): unknown {
  if (spawn.abortSignal?.aborted) return spawn.abortSignal.reason;
  const index = error instanceof LauncherRefusal ? error.index : 0;
  return toSandpodError(error, { path: spawn.files?.[index]?.path, cwd: spawn.cwd ?? '.', program: spawn.argv?.[0] ?? 'sh' });
}

function inBatches(pieces: Iterable<Uint8Array>): Uint8Array[] {
  const batches: Uint8Array[] = [];
  let waiting: Uint8Array[] = [];
  let size = 0;
  for (const piece of pieces) {
    waiting.push(piece);
    size += piece.byteLength;
    if (size < BATCH_BYTES) continue;
    batches.push(Buffer.concat(waiting));
    waiting = [];
    size = 0;
  }
  return [...batches, Buffer.concat(waiting)];
}
