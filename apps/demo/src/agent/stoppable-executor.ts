import type {
  CodeBlock,
  CodeExecutor,
  Description,
  ExecuteOptions,
  ExecutionEvent,
  ExecutorCapabilities,
  SandboxFiles,
  StartOptions,
} from '@sandpod/core';
import { BaseCodeExecutor } from '@sandpod/core/backend';

/**
 * An executor whose runs also end when `stopSignal` aborts. After that, further calls start nothing.
 *
 * This signal is separate from the tool's abort signal, because the result of a stopped run is still shown.
 */
export class StoppableExecutor extends BaseCodeExecutor {
  readonly files?: SandboxFiles;
  readonly #inner: CodeExecutor;
  readonly #stopSignal: AbortSignal;
  #running = 0;
  #idle = Promise.withResolvers<void>();

  constructor(inner: CodeExecutor, stopSignal: AbortSignal) {
    super();
    this.#inner = inner;
    this.#stopSignal = stopSignal;
    if (inner.files) this.files = inner.files;
    this.#idle.resolve();
  }

  /** Returns true while a call is queued or running. */
  get isRunning(): boolean {
    return this.#running > 0;
  }

  /** Returns a promise that resolves when no call is queued or running. */
  get idle(): Promise<void> {
    return this.#idle.promise;
  }

  get capabilities(): ExecutorCapabilities {
    return this.#inner.capabilities;
  }

  async *stream(blocks: readonly CodeBlock[], options: ExecuteOptions = {}): AsyncGenerator<ExecutionEvent, void, void> {
    const signals = [this.#stopSignal, ...(options.abortSignal ? [options.abortSignal] : [])];
    if (this.#running === 0) this.#idle = Promise.withResolvers();
    this.#running += 1;
    try {
      yield* this.#inner.stream(blocks, { ...options, abortSignal: AbortSignal.any(signals) });
    } finally {
      this.#running -= 1;
      if (this.#running === 0) this.#idle.resolve();
    }
  }

  start(options?: StartOptions): Promise<void> {
    return this.#inner.start(options);
  }

  restart(options?: StartOptions): Promise<void> {
    return this.#inner.restart(options);
  }

  stop(options?: { readonly abortSignal?: AbortSignal | undefined }): Promise<void> {
    return this.#inner.stop(options);
  }

  describe(): Description {
    return this.#inner.describe();
  }
}
