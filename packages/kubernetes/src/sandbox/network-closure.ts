import { abortable } from '@sandpod/core/backend';
import type { PodOptions } from '../options/pod-options.ts';
import type { PodSandbox } from './pod-sandbox.ts';
import { type NetworkProof, proveClosed } from './prove-closed.ts';
import { requireClosed } from './require-closed.ts';

export interface NetworkClosureOptions {
  readonly network: PodOptions['network'];
  /** False if the pod may test an address other than the API server's address. The test then proves nothing. */
  readonly isProvable: boolean;
  /** Creates the policy. Resolves with true if the policy was missing. */
  readonly ensurePolicy: () => Promise<boolean>;
}

/** Closes the network of a provider's pods, and tests whether it is closed. */
export class NetworkClosure {
  readonly #options: NetworkClosureOptions;
  #policy: Promise<boolean> | undefined;
  #proof: NetworkProof | undefined;

  constructor(options: NetworkClosureOptions) {
    this.#options = options;
  }

  /** Returns the worst result so far, or undefined before the first result. */
  get proof(): NetworkProof | undefined {
    return this.#proof;
  }

  /**
   * Creates the policy once per provider. If this fails, the next call tries again. Resolves with true if the policy was missing.
   *
   * All starts share one request, so no start may abort that request.
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

  /** Waits for the result of the network test. @throws {SandpodError} `start-failed` if `require-none` is not met. */
  async prove(
    sandbox: PodSandbox,
    options: {
      /** The promise that `close` returned for this start. */
      readonly policy: Promise<boolean>;
      /** Identifies the start whose process 1 runs the test. Default: the test runs now. */
      readonly attempt?: string | undefined;
      readonly abortSignal: AbortSignal;
    },
  ): Promise<void> {
    const { network } = this.#options;
    if (network === 'open') return;
    const { policy, abortSignal } = options;
    let proof = await proveClosed(sandbox, options);
    if (proof === 'open' && (await abortable(this.#closeAgain(policy), abortSignal))) proof = await proveClosed(sandbox, { abortSignal });
    if (proof === 'closed' && !this.#options.isProvable) proof = 'unknown';
    if (this.#proof === undefined || proof !== 'closed') this.#proof = proof;
    if (network === 'require-none') requireClosed(proof, sandbox.podName);
  }

  /** Creates the policy again, because someone may have deleted it. If several starts notice that, only one of them creates it. */
  #closeAgain(policy: Promise<boolean>): Promise<boolean> {
    this.#forget(policy);
    return this.close();
  }

  #forget(policy: Promise<boolean>): void {
    if (this.#policy === policy) this.#policy = undefined;
  }
}
