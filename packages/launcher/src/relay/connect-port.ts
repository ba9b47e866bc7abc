import { addAbortListener } from 'node:events';
import { type ByteDuplex, type ConnectOptions, SandpodError } from '@sandpod/core';
import type { ExecTransport } from '../exec-transport.ts';
import type { ProcessIdentity } from '../run-identity.ts';
import { RelayChannel } from './relay-channel.ts';
import { RelayConnection } from './relay-connection.ts';
import { RELAY_PROGRAMS, type RelayProgram } from './relay-programs.ts';

/** A connection that can be ended immediately. */
export interface BreakableDuplex extends ByteDuplex {
  destroy(error: unknown): void;
}

export interface PortConnectorOptions {
  readonly transport: ExecTransport;
  /** The programs that may relay, in order of preference. Default: all of {@link RELAY_PROGRAMS}. */
  readonly relays?: readonly RelayProgram[] | undefined;
  /** Connects to a port if the image has no relay program. */
  readonly connectWithoutRelay?: ((options: ConnectOptions) => Promise<BreakableDuplex>) | undefined;
  /** Ends a relay that does not end by itself. */
  readonly kill: (relay: ProcessIdentity) => void;
}

/** Connects to TCP ports on a sandbox's loopback interface, with one exec per connection. */
export class PortConnector {
  readonly #options: PortConnectorOptions;
  readonly #open = new Set<BreakableDuplex>();

  constructor(options: PortConnectorOptions) {
    this.#options = options;
  }

  async connect(options: ConnectOptions): Promise<ByteDuplex> {
    const { connectWithoutRelay } = this.#options;
    try {
      return await this.#connectByRelay(options);
    } catch (error) {
      options.abortSignal?.throwIfAborted();
      const isWithoutRelay = SandpodError.isInstance(error) && error.code === 'unsupported';
      if (isWithoutRelay && connectWithoutRelay !== undefined) return this.#track(await connectWithoutRelay(options));
      throw error;
    }
  }

  /** Ends all connections. */
  end(reason: unknown): void {
    for (const connection of this.#open) connection.destroy(reason);
  }

  async #connectByRelay({ port, waitMs = 0, abortSignal }: ConnectOptions): Promise<ByteDuplex> {
    const { transport, relays = RELAY_PROGRAMS, kill } = this.#options;
    const channel = await RelayChannel.open(transport, { port, waitMs, programs: relays, abortSignal });
    const connection = new RelayConnection(channel, { port, kill });
    this.#track(connection);
    const listener = abortSignal && addAbortListener(abortSignal, () => connection.destroy(abortSignal.reason));
    void connection.closed.then(() => listener?.[Symbol.dispose]());
    await connection.connected;
    return connection;
  }

  #track(connection: BreakableDuplex): BreakableDuplex {
    this.#open.add(connection);
    void connection.closed.then(() => this.#open.delete(connection));
    return connection;
  }
}
