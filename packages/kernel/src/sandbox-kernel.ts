import { randomUUID } from 'node:crypto';
import {
  type ExecuteCellOptions,
  type Kernel,
  KernelExited,
  type KernelInfo,
  type KernelMessage,
  ProcessLost,
  type SandboxProcess,
} from '@sandpod/core';
import { MalformedFrame } from './frame-reader.ts';
import type { KernelChannel } from './kernel-channel.ts';
import { readDone, readMessage } from './kernel-messages.ts';

/** A kernel that is a process in a sandbox. */
export class SandboxKernel implements Kernel {
  readonly info: KernelInfo;
  readonly lost: Promise<string>;
  readonly #channel: KernelChannel;
  readonly #canInterrupt: boolean;

  constructor(parts: {
    readonly info: KernelInfo;
    readonly process: SandboxProcess;
    readonly channel: KernelChannel;
    readonly canInterrupt: boolean;
  }) {
    this.info = parts.info;
    this.#channel = parts.channel;
    this.#canInterrupt = parts.canInterrupt;
    this.lost = parts.process.wait().then(
      ({ exitCode }) => new KernelExited(exitCode).message,
      (error: unknown) => (ProcessLost.isInstance(error) ? error.reason : String(error)),
    );
  }

  async *execute({ code, env, cwd }: ExecuteCellOptions): AsyncGenerator<KernelMessage, void, void> {
    const id = randomUUID();
    this.#channel.send('x', { id, code, ...(env === undefined ? {} : { env }), ...(cwd === undefined ? {} : { cwd }) });
    for (;;) {
      const frame = await this.#channel.next();
      if (frame.letter !== 'F') {
        const message = await this.#trust(() => readMessage(frame));
        if (message !== undefined) yield message;
        continue;
      }
      const done = await this.#trust(() => readDone(frame));
      // A cell that was ended earlier can report its end late.
      if (done.id !== id) continue;
      yield { type: 'done', executionCount: done.count };
      return;
    }
  }

  async interrupt(): Promise<boolean> {
    if (this.#canInterrupt) await this.#channel.signal();
    return this.#canInterrupt;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#channel[Symbol.asyncDispose]();
  }

  /** Ends the kernel if it sent something malformed. */
  async #trust<T>(read: () => T): Promise<T> {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof MalformedFrame)) throw error;
      await this.#channel[Symbol.asyncDispose]();
      throw new ProcessLost({ outcome: 'session-lost', reason: `The kernel broke its protocol: ${error.message}.` });
    }
  }
}
