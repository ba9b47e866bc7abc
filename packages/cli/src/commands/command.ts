import type { Readable } from 'node:stream';
import type { OutputSink } from '../render/output-sink.ts';

/** What the process provides to a command. */
export interface CommandContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  readonly stdout: OutputSink;
  readonly stderr: OutputSink;
  /** Fires at the first Ctrl-C, and when the reader of the output is gone. */
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
