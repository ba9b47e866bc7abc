import { abortable } from '@sandpod/core/backend';
import type { PodOptions } from '../options/pod-options.ts';
import type { PodSandbox } from './pod-sandbox.ts';
import { type NetworkProof, proveClosed } from './prove-closed.ts';
import { requireClosed } from './require-closed.ts';

export interface NetworkClosureOptions {
  readonly network: PodOptions['network'];
  /** Creates the policy; resolves with whether the namespace did not have it. */
  readonly ensurePolicy: () => Promise<boolean>;
}

/** Closes the network of a provider's pods, and finds out whether that worked. */
export class NetworkClosure {
  readonly #options: NetworkClosureOptions;
  #policy: Promise<boolean> | undefined;
  #proof: NetworkProof | undefined;

  constructor(options: NetworkClosureOptions) {
    this.#options = options;
  }

  /** The worst that was found out so far. */
  get proof(): NetworkProof | undefined {
    return this.#proof;
  }

  /**
   * Makes the policy, once for a provider; a failure is tried again at the next start. Resolves with whether it was missing.
   *
   * All starts share it, so that none may abort it.
   */
  close(): Promise<boolean> {
    const { network, ensurePolicy } = this.#options;
    if (network === 'open') return Promise.resolve(false);
    if (this.#policy !== undefined) return this.#policy;
    const making = ensurePolicy();
    making.catch(() => this.#forget(making));
    this.#policy = making;
    return making;
  }

  /** Waits for the test's result. @throws {SandpodError} `start-failed` where `require-none` is not met. */
  async prove(
    sandbox: PodSandbox,
    options: {
      /** What `close` gave at this start. */
      readonly policy: Promise<boolean>;
      /** The start whose process 1 began the test; without one the test begins now. */
      readonly attempt?: string | undefined;
      readonly abortSignal: AbortSignal;
    },
  ): Promise<void> {
    const { network } = this.#options;
    if (network === 'open') return;
    const { policy, abortSignal } = options;
    let proof = await proveClosed(sandbox, options);
    if (proof === 'open' && (await abortable(this.#closeAgain(policy), abortSignal))) proof = await proveClosed(sandbox, { abortSignal });
    if (this.#proof === undefined || proof !== 'closed') this.#proof = proof;
    if (network === 'require-none') requireClosed(proof, sandbox.podName);
  }

  /** Somebody may have removed the policy; of several starts that find that out one makes it. */
  #closeAgain(policy: Promise<boolean>): Promise<boolean> {
    this.#forget(policy);
    return this.close();
  }

  #forget(policy: Promise<boolean>): void {
    if (this.#policy === policy) this.#policy = undefined;
  }
}
