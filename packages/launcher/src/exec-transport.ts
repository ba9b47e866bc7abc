import type { OutputChunk } from '@sandpod/core';

/** A program that a platform executes in a sandbox, and the program's streams. */
export interface ExecChannel {
  /** If the transport can half-close, closing this stream ends the program's input. Otherwise, it may have no effect. */
  readonly stdin: WritableStream<Uint8Array>;
  /**
   * Both streams, in order of arrival. They are read only as fast as the output is consumed. This stream closes when the platform reports
   * the end of the program's output, and fails if the connection breaks.
   */
  readonly output: ReadableStream<OutputChunk>;
  /** The exit status as the platform reports it. Rejects if the connection ends without an exit status. May settle after `output`. */
  readonly exit: Promise<{ readonly exitCode: number }>;
  /** Closes the connection, so that the program reads the end of its input. Idempotent. Does not guarantee that the program ends. */
  destroy(reason?: unknown): void;
}

export interface ExecOpenOptions {
  readonly abortSignal?: AbortSignal | undefined;
}

/** Executes programs in one sandbox on a platform. */
export interface ExecTransport {
  /** Starts a program with the sandbox's environment and working directory, without a terminal. */
  open(argv: readonly string[], options?: ExecOpenOptions): Promise<ExecChannel>;
  /** True if closing `stdin` ends the program's input while its output stays open. */
  readonly halfClose: boolean;
}
