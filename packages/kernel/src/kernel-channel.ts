import { type ExitStatus, KernelExited, type OutputChunk, ProcessLost, type SandboxProcess } from '@sandpod/core';
import { resolvesWithin } from '@sandpod/core/backend';
import { encodeFrame, FrameReader, type KernelFrame, MalformedFrame } from './frame-reader.ts';

/** Milliseconds for the exit status to arrive after the output of an interpreter has ended. */
const EXIT_MS = 2_000;

/** The frames of a kernel's process. Text that the interpreter writes to its original stderr arrives as frames of type `e`. */
export class KernelChannel implements AsyncDisposable {
  readonly #process: SandboxProcess;
  readonly #output: ReadableStreamDefaultReader<OutputChunk>;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #reader = new FrameReader();
  #frames: Iterator<KernelFrame> | undefined;
  #failure: ProcessLost | undefined;

  /** `process` must have been started with `stdin: true`. */
  constructor(process: SandboxProcess) {
    if (process.stdin === undefined) throw new TypeError('Expected a process with standard input.');
    this.#process = process;
    this.#output = process.output.getReader();
    this.#input = process.stdin.getWriter();
    this.#input.closed.catch(() => {});
  }

  /** Sends bytes that are no frame. Failures are reported by {@link next}. */
  sendRaw(bytes: Uint8Array): void {
    this.#input.write(bytes).catch(() => {});
  }

  send(letter: string, value: unknown): void {
    this.sendRaw(encodeFrame(letter, new TextEncoder().encode(JSON.stringify(value))));
  }

  /**
   * Waits for the next frame.
   *
   * @throws {ProcessLost} if the process was ended. {@link KernelExited} if it exited by itself.
   */
  async next(): Promise<KernelFrame> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure;
      const frame = this.#frames?.next();
      if (frame?.done === false) return frame.value;
      const chunk = await this.#read();
      if (chunk.stream === 'stderr') return { letter: 'e', payload: chunk.bytes };
      this.#frames = this.#split(chunk.bytes);
    }
  }

  signal(): Promise<void> {
    return this.#process.signal('INT');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process.kill();
  }

  async #read(): Promise<OutputChunk> {
    const { done, value } = await this.#output.read().catch(() => ({ done: true, value: undefined }) as const);
    if (!done && value !== undefined) return value;
    throw await this.#ending();
  }

  *#split(bytes: Uint8Array): Generator<KernelFrame, void, void> {
    try {
      yield* this.#reader.push(bytes);
    } catch (error) {
      if (!(error instanceof MalformedFrame)) throw error;
      this.#failure = new ProcessLost({ outcome: 'session-lost', reason: `The kernel broke its protocol: ${error.message}.` });
      void this.#process.kill();
    }
  }

  async #ending(): Promise<Error> {
    const status = this.#process.wait();
    if (
      !(await resolvesWithin(
        status.catch(() => {}),
        EXIT_MS,
      ))
    ) {
      await this.#process.kill();
      return new ProcessLost({ outcome: 'session-lost', reason: 'The kernel closed its connection, and was ended.' });
    }
    return await status.then(exited, (error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  }
}

function exited({ exitCode }: ExitStatus): Error {
  return new KernelExited(exitCode);
}
