import type { Socket } from 'node:net';
import { encodeFrame, type FrameHeader, FrameReader } from '../protocol/frame.ts';

/** The connection to the parent process. When it ends, for any reason, this process ends too. */
export class ParentLink {
  readonly #socket: Socket;
  readonly #reader = new FrameReader();

  constructor(
    socket: Socket,
    options: { readonly onFrame: (header: FrameHeader, payload: Uint8Array) => void; readonly onEnd: (reason: string) => void },
  ) {
    this.#socket = socket;
    socket.on('data', (chunk) => {
      try {
        for (const { header, payload } of this.#reader.push(chunk)) options.onFrame(header, payload);
      } catch (error) {
        options.onEnd(String(error));
      }
    });
    for (const event of ['end', 'error', 'close'] as const) socket.on(event, () => options.onEnd('the parent process is gone'));
  }

  /** Sends a frame without blocking. The window of each call limits the number of bytes in flight. */
  send(header: FrameHeader, payload?: Uint8Array): void {
    this.#socket.write(encodeFrame(header, payload));
  }
}
