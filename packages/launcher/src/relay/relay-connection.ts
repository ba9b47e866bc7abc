import { type ByteDuplex, SandpodError } from '@sandpod/core';
import type { ProcessIdentity } from '../run-identity.ts';
import type { RelayChannel, RelayListener } from './relay-channel.ts';
import { CLOSE_FRAME, encodeRelayFrames, HALF_CLOSE_FRAME } from './relay-frames.ts';
import { isFramed, RELAY_PROGRAMS } from './relay-programs.ts';

/** Bytes that may wait for the reader before the service is slowed down. */
const WAITING_BYTES = 256 * 1024;
/** After a request to close, the time limit in milliseconds for a relay to deliver its remaining bytes and end. */
const CLOSE_MS = 1_500;

/** A connection to a TCP port inside a sandbox, over a relay. */
export class RelayConnection implements ByteDuplex, RelayListener {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
  readonly #channel: RelayChannel;
  readonly #port: number;
  readonly #kill: (relay: ProcessIdentity) => void;
  readonly #connected = Promise.withResolvers<void>();
  readonly #closed = Promise.withResolvers<void>();
  #readController!: ReadableStreamDefaultController<Uint8Array>;
  #writeController!: WritableStreamDefaultController;
  #hasRoom = Promise.withResolvers<void>();
  #relay = '';
  #process: ProcessIdentity | undefined;
  #received = 0;
  /** The total number of bytes that the service sent. Set when the relay has reported it. */
  #announced: { readonly total: number | undefined } | undefined;
  #isReadOver = false;
  #isWriteOver = false;
  #isOver = false;
  #closing: Promise<void> | undefined;

  constructor(channel: RelayChannel, options: { readonly port: number; readonly kill: (relay: ProcessIdentity) => void }) {
    this.#channel = channel;
    this.#port = options.port;
    this.#kill = options.kill;
    this.#connected.promise.catch(() => {});
    this.readable = this.#createReadable();
    this.writable = this.#createWritable();
    void channel.listen(this);
  }

  /** Resolves when the service has accepted the connection. */
  get connected(): Promise<void> {
    return this.#connected.promise;
  }

  get canHalfClose(): boolean {
    return isFramed(this.#relay);
  }

  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Ends the connection immediately. */
  destroy(error: unknown): void {
    this.#fail(error);
    if (!this.#isOver && this.#process !== undefined) this.#kill(this.#process);
    this.#channel.destroy(error);
    this.onEnd(error);
  }

  onProcess(process: ProcessIdentity): void {
    this.#process = process;
  }

  onConnected(relay: string): void {
    this.#relay = relay;
    this.#connected.resolve();
  }

  onProblem(problem: string): void {
    if (problem === 'refused') this.#fail(refused(this.#port));
    else if (problem === 'missing') this.#fail(noRelay());
    else if (problem === 'input') this.#failWritable(broken('The service does not accept more bytes.'));
    else this.#fail(broken('The service broke the connection.'));
  }

  async onData(bytes: Uint8Array): Promise<void> {
    if (this.#isReadOver) return;
    this.#received += bytes.byteLength;
    this.#readController.enqueue(bytes);
    this.#endReadable();
    while (!this.#isReadOver && (this.#readController.desiredSize ?? 0) <= 0) {
      this.#hasRoom = Promise.withResolvers<void>();
      await this.#hasRoom.promise;
    }
  }

  onServiceEnd(total: number | undefined): void {
    this.#announced = { total };
    this.#endReadable();
  }

  onEnd(error: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    // A relay that does not count bytes reports the end on another stream, after the last byte. Both streams are complete now.
    if (this.#announced !== undefined && this.#announced.total === undefined && !this.#isReadOver) this.#closeReadable();
    this.#fail(error ?? broken('The relay in the sandbox ended before the connection did.'));
    this.#closed.resolve();
  }

  /** Ends `readable` once both the report and all bytes have arrived. The relay's two streams may arrive in any order. */
  #endReadable(): void {
    if (this.#isReadOver || this.#announced?.total !== this.#received) return;
    this.#closeReadable();
    this.#closeWhenOver();
  }

  #closeReadable(): void {
    this.#stopReading();
    this.#readController.close();
  }

  #stopReading(): void {
    this.#isReadOver = true;
    this.#hasRoom.resolve();
  }

  #closeWhenOver(): void {
    if (this.#isReadOver && this.#isWriteOver) void this.close();
  }

  #fail(error: unknown): void {
    this.#connected.reject(error);
    if (!this.#isReadOver) {
      this.#stopReading();
      this.#readController.error(error);
    }
    this.#failWritable(error);
  }

  #failWritable(error: unknown): void {
    if (this.#isWriteOver) return;
    this.#isWriteOver = true;
    this.#writeController.error(error);
    this.#closeWhenOver();
  }

  async #close(): Promise<void> {
    if (!this.#isReadOver) this.#closeReadable();
    this.#fail(broken('The connection was closed.'));
    if (this.#isOver) return;
    const timer = setTimeout(() => this.destroy(broken('The relay did not end.')), CLOSE_MS);
    await (this.canHalfClose ? this.#channel.send(CLOSE_FRAME) : this.#channel.closeInput()).catch(() => {});
    await this.closed;
    clearTimeout(timer);
    this.#channel.destroy();
  }

  #createReadable(): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#readController = controller;
        },
        pull: () => this.#hasRoom.resolve(),
        cancel: () => {
          this.#stopReading();
          this.#closeWhenOver();
        },
      },
      { highWaterMark: WAITING_BYTES, size: (bytes) => bytes.byteLength },
    );
  }

  #createWritable(): WritableStream<Uint8Array> {
    return new WritableStream<Uint8Array>({
      start: (controller) => {
        this.#writeController = controller;
      },
      write: (bytes) => this.#send(bytes),
      close: () => this.#endInput(),
      abort: () => {
        this.#isWriteOver = true;
        void this.close();
      },
    });
  }

  async #send(bytes: Uint8Array): Promise<void> {
    const pieces = this.canHalfClose ? encodeRelayFrames(bytes) : [bytes];
    for (const piece of pieces) await this.#channel.send(piece);
  }

  async #endInput(): Promise<void> {
    this.#isWriteOver = true;
    if (!this.canHalfClose || this.#isReadOver) await this.close();
    else await this.#channel.send(HALF_CLOSE_FRAME);
  }
}

function refused(port: number): SandpodError {
  return new SandpodError({
    code: 'connection-refused',
    message: `Nothing in the sandbox accepts connections on port ${port} of 127.0.0.1 or ::1.`,
    details: { port },
  });
}

function noRelay(): SandpodError {
  return new SandpodError({
    code: 'unsupported',
    message: `To connect to a port, the image needs one of these programs: ${RELAY_PROGRAMS.join(', ')}.`,
    advice: 'Use an image that contains one of these programs. For pods, you can set portForward: true instead.',
  });
}

function broken(message: string): SandpodError {
  return new SandpodError({ code: 'transport', message, isRetryable: false });
}
