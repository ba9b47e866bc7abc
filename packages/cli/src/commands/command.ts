import type { Readable } from 'node:stream';
import type { OutputSink } from '../render/output-sink.ts';

/** What a command gets from the process that it runs in. */
export interface CommandContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  readonly stdout: OutputSink;
  readonly stderr: OutputSink;
  /** Fires at the first Ctrl-C, and when nobody reads the output any more. */
  readonly abortSignal: AbortSignal;
}

/** One word after `sandpod`. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  readonly help: string;
  /** Resolves with the exit code. */
  run(argv: readonly string[], context: CommandContext): Promise<number>;
}
