import { randomBytes } from 'node:crypto';
import { SandpodError } from '@sandpod/core';
import type { ExecChannel, ExecTransport } from '../exec-transport.ts';
import { LAUNCHER_ARGV } from '../launcher-argv.ts';
import { encodeItems } from '../launcher-message.ts';
import { MarkerScanner } from '../marker-scanner.ts';
import type { ProcessIdentity } from '../run-identity.ts';
import { type RelayProgram, relaySource } from './relay-programs.ts';
import { RelayReports } from './relay-reports.ts';
import { RELAY_SCRIPT } from './scripts.generated.ts';

/** Receives the service's bytes and the relay's reports. */
export interface RelayListener {
  /** Called when the relay's process is about to connect to the port. */
  onProcess(process: ProcessIdentity): void;
  onConnected(relay: string): void;
  /** Called if the relay fails: `refused`, `missing`, `broken`, or `input` if the service accepts no more bytes. */
  onProblem(problem: string): void;
  /** Called with bytes from the service. Not called again until the promise has resolved. */
  onData(bytes: Uint8Array): Promise<void> | void;
  /** Called when the service has sent everything. `totalBytes` is undefined if the relay does not count bytes. */
  onServiceEnd(totalBytes: number | undefined): void;
  /** Called when the exec has ended, or its connection broke. */
  onEnd(error: unknown): void;
}

export interface RelayOptions {
  readonly port: number;
  readonly waitMs: number;
  readonly programs: readonly RelayProgram[];
  readonly abortSignal?: AbortSignal | undefined;
}

/** One exec that relays the bytes of one connection. */
export class RelayChannel {
  readonly #channel: ExecChannel;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #scanner: MarkerScanner;

  private constructor(channel: ExecChannel, nonce: string) {
    this.#channel = channel;
    this.#scanner = new MarkerScanner(nonce);
    this.#writer = channel.stdin.getWriter();
    this.#writer.closed.catch(() => {});
    channel.exit.catch(() => {});
  }

  static async open(transport: ExecTransport, options: RelayOptions): Promise<RelayChannel> {
    const { port, waitMs, programs, abortSignal } = options;
    // Begins with a control byte, so that output of programs on standard error is never held back as a possible marker.
    const nonce = `\u001e${randomBytes(16).toString('hex')}`;
    const relay = new RelayChannel(await transport.open(LAUNCHER_ARGV, { abortSignal }), nonce);
    const script = Buffer.from(RELAY_SCRIPT);
    const items = encodeItems([nonce, port, waitMs, programs.length, ...programs.flatMap((name) => [name, relaySource(name)])]);
    relay.send(Buffer.concat([Buffer.from(`${script.length}\n`), script, items])).catch(() => {});
    return relay;
  }

  /** Resolves when the exec accepts more bytes. */
  async send(bytes: Uint8Array): Promise<void> {
    await this.#writer.write(bytes);
  }

  async closeInput(): Promise<void> {
    await this.#writer.close();
  }

  destroy(reason?: unknown): void {
    this.#channel.destroy(reason);
  }

  /** Reads until the exec ends. */
  async listen(listener: RelayListener): Promise<void> {
    const reports = new RelayReports(listener);
    try {
      for await (const { stream, bytes } of this.#channel.output) {
        if (stream === 'stdout') await listener.onData(bytes);
        else for (const piece of this.#scanner.push(bytes)) if ('line' in piece) reports.receive(piece.line);
      }
      listener.onEnd(undefined);
    } catch (error) {
      listener.onEnd(toSandpodError(error));
      this.destroy(error);
    }
  }
}

function toSandpodError(error: unknown): SandpodError {
  if (SandpodError.isInstance(error)) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new SandpodError({
    code: 'transport',
    message: `The relay in the sandbox broke the connection: ${why}`,
    isRetryable: false,
    cause: error,
  });
}
