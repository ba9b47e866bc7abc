import type { CreateOptions } from '@sandpod/core';
import { abortable } from '@sandpod/core/backend';
import { PodSandboxProvider } from '../lifecycle/pod-sandbox-provider.ts';
import type { PodSandbox } from '../sandbox/pod-sandbox.ts';

/** The provider of one executor: remembers its sandbox, so that the end of the executor can leave it, and `stop()` find it again. */
export class ScopeProvider extends PodSandboxProvider {
  #sandbox: PodSandbox | undefined;
  #left: PodSandbox | undefined;

  override async create(options?: CreateOptions): Promise<PodSandbox> {
    // A sandbox that was given up must not be found again by its name.
    await abortable(Promise.resolve(this.#sandbox?.[Symbol.asyncDispose]().catch(() => {})), options?.abortSignal);
    this.#sandbox = await super.create(options);
    return this.#sandbox;
  }

  /** Leaves the pod to the next executor of its name, and ends everything that runs in it. If that fails, the pod is removed. */
  async leave(): Promise<void> {
    const sandbox = this.#sandbox;
    if (sandbox === undefined) return;
    await sandbox.detach({ leftovers: 'end' }).then(
      () => {
        this.#left = sandbox;
      },
      () => {},
    );
  }

  /** Also removes a pod without a name that this executor has left. */
  override async removeLeft(abortSignal?: AbortSignal): Promise<void> {
    await super.removeLeft(abortSignal);
    if (this.#left === undefined) return;
    await this.remove(this.#left, abortSignal);
    this.#left = undefined;
  }
}
