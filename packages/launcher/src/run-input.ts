import type { Launcher } from './launcher.ts';
import { encodeFrames, LAST_FRAME } from './launcher-message.ts';
import type { StdinMode } from './run-header.ts';

/** A program's standard input. After the program has ended, writes fail, as they do for a pipe. */
export class RunInput {
  readonly stream: WritableStream<Uint8Array>;
  #controller!: WritableStreamDefaultController;
  readonly #ended = Promise.withResolvers<never>();

  constructor(launcher: Launcher, mode: Exclude<StdinMode, 'none'>) {
    this.#ended.promise.catch(() => {});
    const send = (bytes: Uint8Array): Promise<void> => Promise.race([launcher.sendChecked(bytes), this.#ended.promise]);
    this.stream = new WritableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
      },
      write: async (bytes) => {
        if (mode === 'open') return send(bytes);
        for (const frame of encodeFrames(bytes)) await send(frame);
      },
      close: () => (mode === 'open' ? launcher.closeInput() : send(LAST_FRAME)),
      abort: () => (mode === 'open' ? launcher.closeInput() : launcher.send(LAST_FRAME)),
    });
  }

  /** Must be called when the program has ended, because its input then has no reader. */
  end(): void {
    const error = Object.assign(new Error('The process has ended and does not read any more input.'), { code: 'EPIPE' });
    this.#ended.reject(error);
    this.#controller.error(error);
  }
}
