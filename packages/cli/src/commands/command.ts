import type { Readable } from 'node:stream';
import type { OutputSink } from '../render/output-sink.ts';

/** The parts of the process that a command uses. */
export interface CommandContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  readonly stdout: OutputSink;
  readonly stderr: OutputSink;
  /** Aborts at the first Ctrl-C, or when the reader closes the output. */
  readonly abortSignal: AbortSignal;
}

/** A command of `sandpod`. */
export interface Command {
  /** One line in the list of commands. */
  readonly summary: string;
  readonly help: string;
  /** Resolves with the exit code. */
  run(argv: readonly string[], context: CommandContext): Promise<number>;
}
