import { ProcessLost, type Sandbox } from '@sandpod/core';
import { PATIENCE_SECONDS, READ_RESULT, TEST } from '../manifest/network-test.ts';

/** The result of the network test. */
export type NetworkProof = 'closed' | 'open' | 'unknown';

/** Time limit for the test and its result, in milliseconds. */
const RESULT_MS = (PATIENCE_SECONDS + 5) * 1_000;

/**
 * Waits for the result of the network test inside the pod. The result is `open` if the network stays open, and `unknown` if the image has
 * no program for the test.
 */
export async function proveClosed(
  sandbox: Sandbox,
  options: {
    /** Identifies the start whose process 1 runs the test. Default: the test runs now. */
    readonly attempt?: string | undefined;
    readonly abortSignal: AbortSignal;
  },
): Promise<NetworkProof> {
  const { attempt, abortSignal } = options;
  const argv = ['sh', '-c', ...(attempt === undefined ? [TEST] : [READ_RESULT, attempt])] as const;
  try {
    const { stdout } = await sandbox.run({ argv, timeoutMs: RESULT_MS, abortSignal });
    const answer = stdout.trim();
    return answer === 'closed' || answer === 'open' ? answer : 'unknown';
  } catch (error) {
    if (ProcessLost.isInstance(error) && error.outcome === 'timeout') return 'unknown';
    throw error;
  }
}
