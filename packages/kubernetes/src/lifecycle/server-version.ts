import type { KubeClient } from '../client/kube-client.ts';

/** The version of the cluster. It is read only once. */
export class ServerVersion {
  #known: string | undefined;

  /** Returns the version, or undefined if `learn` has not read it yet or the server does not report it. */
  get known(): string | undefined {
    return this.#known;
  }

  async learn(client: KubeClient, abortSignal: AbortSignal): Promise<void> {
    if (this.#known !== undefined) return;
    const call = { verb: 'get', group: '', version: '', resource: 'version', path: '/version' } as const;
    try {
      this.#known = (await client.json<{ gitVersion: string }>({ call, abortSignal })).gitVersion;
    } catch {
      // Only the description needs the version.
    }
  }
}
