import type { V1Pod } from '@kubernetes/client-node';
import type { SandpodError } from '@sandpod/core';
import { containerStatus, startFailure } from '../sandbox/pod-status.ts';

/** A node that could not read a pull secret in time pulls the image without it, and tries again 10 to 20 s later. */
const SECOND_PULL_MS = 30_000;
const REFUSED = /\b40[13]\b|unauthorized|denied|authoriz|authenticat|credentials/i;

/** Gives a node time for a second attempt to pull the image if the pod has pull secrets and the registry refused the first attempt. */
export class SecondPull implements Disposable {
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  /** True if the next attempt is the second. */
  #isSecond = false;

  /** Aborts with the failure when the time for the second attempt is over. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Returns the reason why a pod cannot start. Returns undefined if the pod can still start, perhaps after the second attempt. */
  failureOf(pod: V1Pod): SandpodError | undefined {
    const failure = startFailure(pod);
    return failure !== undefined && this.#mayHelp(pod, failure) ? undefined : failure;
  }

  #mayHelp(pod: V1Pod, failure: SandpodError): boolean {
    const { reason } = containerStatus(pod)?.state?.waiting ?? {};
    const isBetween = reason === 'ImagePullBackOff';
    if (!isBetween && (reason !== 'ErrImagePull' || this.#isSecond)) return false;
    if ((pod.spec?.imagePullSecrets ?? []).length === 0 || !(this.#timer !== undefined || REFUSED.test(failure.message))) return false;
    this.#isSecond ||= isBetween;
    this.#timer ??= setTimeout(() => this.#controller.abort(failure), SECOND_PULL_MS);
    return true;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}
