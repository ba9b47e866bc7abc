import type { ExecChannel, ExecOpenOptions, ExecTransport } from '@sandpod/core';
import { openExecChannel } from './exec-channel.ts';
import type { KubeClient } from './kube-client.ts';

/** Executes programs in one container of a pod. */
export class PodExecTransport implements ExecTransport {
  readonly halfClose = true;
  readonly #client: KubeClient;
  readonly #place: { readonly namespace: string; readonly pod: string; readonly container: string };

  constructor(client: KubeClient, place: { readonly namespace: string; readonly pod: string; readonly container: string }) {
    this.#client = client;
    this.#place = place;
  }

  open(argv: readonly string[], options: ExecOpenOptions = {}): Promise<ExecChannel> {
    return openExecChannel(this.#client, { ...this.#place, argv, abortSignal: options.abortSignal });
  }
}
