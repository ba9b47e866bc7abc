import { Interruption } from '@sandpod/sandpod/interruption';
import { runCli } from './cli.ts';
import { EXIT_CODES } from './exit-code.ts';
import { OutputSink } from './render/output-sink.ts';

/** Milliseconds that a cancelled command waits for a reader that has stopped reading. */
const flushTimeoutMs = 1_000;

/** Runs the command line of this process, then exits. */
export async function runProcess(): Promise<never> {
  using interruption = new Interruption();
  const onFailure = (error: NodeJS.ErrnoException): void => interruption.abort(error);
  const abortSignal = interruption.signal;
  const stdout = new OutputSink(process.stdout, { onFailure, abortSignal });
  const stderr = new OutputSink(process.stderr, { onFailure, abortSignal });
  const context = { env: process.env, stdin: process.stdin, stdout, stderr, abortSignal };
  const exitCode = await runCli(process.argv.slice(2), context);
  await Promise.all([stdout, stderr].map((sink) => sink.flush(flushTimeoutMs)));
  // After an abort the end of the output may be missing, so the exit code must not be 0.
  const ownCode = exitCode === 0 && abortSignal.aborted ? EXIT_CODES.cancelled : exitCode;
  process.exit((await failedStreams({ stdout, stderr })) ?? ownCode);
}

/** Returns the exit code if output was lost. Prints a message, unless the reader closed the pipe, as `head` does. */
async function failedStreams({
  stdout,
  stderr,
}: {
  readonly stdout: OutputSink;
  readonly stderr: OutputSink;
}): Promise<number | undefined> {
  const failure = stdout.failure ?? stderr.failure;
  if (!failure) return undefined;
  if (failure.code === 'EPIPE') return EXIT_CODES.brokenPipe;
  await stderr.write(`sandpod: the output could not be written: ${failure.message}.\n`);
  await stderr.flush(flushTimeoutMs);
  return EXIT_CODES.failed;
}
