import type { OutputChunk } from '@sandpod/core';

/** One program that a platform executes in a sandbox, with its streams. */
export interface ExecChannel {
  /** Closing it is the end of the program's input where the transport can half-close; elsewhere it may do nothing. */
  readonly stdin: WritableStream<Uint8Array>;
  /**
   * Both streams, in the order in which they arrived; not read further than it is consumed. Closes when the platform says that the
   * program's output has ended, and fails when the connection broke.
   */
  readonly output: ReadableStream<OutputChunk>;
  /** The exit status as the platform reports it. Rejects when the connection ended without one; may settle after `output`. */
  readonly exit: Promise<{ readonly exitCode: number }>;
  /** Closes the connection, so that the program reads the end of its input. Idempotent; does not promise that the program ends. */
  destroy(reason?: unknown): void;
}

export interface ExecOpenOptions {
  readonly abortSignal?: AbortSignal | undefined;
}

/** How a platform executes programs in one sandbox. */
export interface ExecTransport {
  /** Starts a program with the sandbox's own environment and working directory, without a terminal. */
  open(argv: readonly string[], options?: ExecOpenOptions): Promise<ExecChannel>;
  /** Whether closing `stdin` ends the program's input while its output stays open. */
  readonly halfClose: boolean;
}
