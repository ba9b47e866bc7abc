import type { ExecChannel, ExecOpenOptions, ExecTransport } from '@sandpod/launcher';
import { openExecChannel } from './exec-channel.ts';
import type { KubeClient } from './kube-client.ts';

/** Executes programs in one container of a pod. */
export class PodExecTransport implements ExecTransport {
  readonly #client: KubeClient;
  readonly #place: { readonly namespace: string; readonly pod: string; readonly container: string };
  readonly #open = new Set<ExecChannel>();
  #canHalfClose = true;
  #broken: Error | undefined;

  constructor(client: KubeClient, place: { readonly namespace: string; readonly pod: string; readonly container: string }) {
    this.#client = client;
    this.#place = place;
  }

  /** Returns true if channels can half-close, as negotiated with the server. Before the first channel is open, returns true. */
  get halfClose(): boolean {
    return this.#canHalfClose;
  }

  async open(argv: readonly string[], options: ExecOpenOptions = {}): Promise<ExecChannel> {
    if (this.#broken !== undefined) throw this.#broken;
    const channel = await openExecChannel(this.#client, { ...this.#place, argv, abortSignal: options.abortSignal });
    this.#canHalfClose = channel.canHalfClose;
    this.#open.add(channel);
    const forget = (): void => void this.#open.delete(channel);
    channel.exit.then(forget, forget);
    return channel;
  }

  /** Closes all connections after the container is gone, because the server may leave them open. Rejects new connections. */
  break(reason: Error): void {
    this.#broken ??= reason;
    for (const channel of this.#open) channel.destroy(reason);
  }
}
