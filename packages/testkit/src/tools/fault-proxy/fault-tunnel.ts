import type { Duplex } from 'node:stream';
import { type Fault, momentMs } from './fault.ts';
import { FaultyStream } from './faulty-stream.ts';
import { closeFrame, MessageSplitter } from './message-splitter.ts';

export interface FaultTunnelOptions {
  readonly client: Duplex;
  readonly server: Duplex;
  readonly fault: Fault | undefined;
  /** Returns true if the frame with this payload must not reach the client. Undefined if the connection is not a web socket. */
  readonly dropMessage: ((payload: Uint8Array) => boolean) | undefined;
}

/** An upgraded connection, for example a web socket, whose two ends the proxy connects. */
export class FaultTunnel {
  readonly closed: Promise<void>;
  readonly #client: Duplex;
  readonly #server: Duplex;
  readonly #up: FaultyStream;
  readonly #down: FaultyStream;
  readonly #messages: MessageSplitter | undefined;
  readonly #dropMessage: (payload: Uint8Array) => boolean;
  #isFrozen = false;

  constructor(options: FaultTunnelOptions) {
    const { client, server, fault, dropMessage } = options;
    this.#client = client;
    this.#server = server;
    this.#messages = dropMessage === undefined ? undefined : new MessageSplitter();
    this.#dropMessage = dropMessage ?? (() => false);
    const onMoment = (): void => this.#apply(fault);
    const up = new FaultyStream({ fault, direction: 'up', onMoment });
    const down = new FaultyStream({ fault, direction: 'down', onMoment });
    this.#up = up;
    this.#down = down;
    client.pipe(up).on('data', (bytes: Buffer) => this.#forward(bytes, up));
    server.pipe(down).on('data', (bytes: Buffer) => this.#deliver(bytes));
    up.on('end', () => this.#isFrozen || server.end());
    down.on('end', () => this.#isFrozen || client.end());
    this.closed = this.#joinEnds();
    const afterMs = momentMs(fault);
    if (afterMs !== undefined) setTimeout(onMoment, afterMs).unref();
    if (fault?.kind === 'idle') this.#cutWhenIdle(fault.idleMs);
  }

  /** Breaks the connection on both sides, without a close frame. */
  cut(): void {
    this.#client.destroy();
    this.#server.destroy();
  }

  /** Ends a web socket with a close frame to the client, and breaks the connection to the server. */
  close(code = 1000): void {
    if (this.#isFrozen) return;
    this.#isFrozen = true;
    this.#client.end(closeFrame(code));
    this.#server.destroy();
  }

  /** Keeps both connections open, but no longer passes any bytes. */
  freeze(): void {
    this.#isFrozen = true;
  }

  #cutWhenIdle(idleMs: number): void {
    const timer = setTimeout(() => this.cut(), idleMs).unref();
    for (const stream of [this.#up, this.#down]) stream.on('data', () => timer.refresh());
    void this.closed.then(() => clearTimeout(timer));
  }

  #apply(fault: Fault | undefined): void {
    if (fault?.kind === 'cut') this.cut();
    if (fault?.kind === 'close') this.close(fault.code);
    if (fault?.kind === 'freeze') this.freeze();
  }

  #deliver(bytes: Buffer): void {
    const frames = this.#messages?.push(bytes) ?? [{ frame: bytes, payload: bytes }];
    for (const { frame, payload } of frames) if (!this.#dropMessage(payload)) this.#forward(frame, this.#down);
  }

  #forward(bytes: Buffer, by: FaultyStream): void {
    const to = by === this.#up ? this.#server : this.#client;
    if (this.#isFrozen || to.destroyed || to.write(bytes)) return;
    by.pause();
    to.once('drain', () => by.resume());
  }

  /** If one connection breaks, breaks the other too. If one connection ends properly, ends the other after the remaining data. */
  async #joinEnds(): Promise<void> {
    const ends = [this.#client, this.#server].map(async (end) => {
      end.on('error', () => {});
      await new Promise((resolve) => end.once('close', resolve));
      if (end === this.#client || !(this.#isFrozen || end.readableEnded)) this.cut();
    });
    await Promise.all(ends);
  }
}
