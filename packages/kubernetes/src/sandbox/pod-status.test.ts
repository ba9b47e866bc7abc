import type { V1Pod } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { NETWORK_TEST } from '../manifest/network-test.ts';
import { startFailure } from './pod-status.ts';

function endedPod(message: string): V1Pod {
  const terminated = { exitCode: 128, reason: 'StartError', message };
  const status = { name: 'sandbox', image: 'x', imageID: 'x', ready: false, restartCount: 0, state: { terminated } };
  return {
    metadata: { name: 'one' },
    spec: { containers: [{ name: 'sandbox', command: ['sh', '-c', NETWORK_TEST, 'a1'] }] },
    status: { containerStatuses: [status] },
  };
}

test("a runtime's message is shown without the command that it repeats, whole or in part", () => {
  const whole = `OCI runtime start failed: starting sub-container [sh -c ${NETWORK_TEST} a1]: failed to load /bin/sh: exec format error`;
  const failure = startFailure(endedPod(`${whole}: ${NETWORK_TEST.slice(-900)} a1]: exec format error`));
  expect(failure?.message).toBe(
    'The pod one ended at once: StartError, exit code 128, OCI runtime start failed: ' +
      'starting sub-container [sh -c … a1]: failed to load /bin/sh: exec format error: … a1]: exec format error',
  );
});

test('an image for another processor architecture is an error that says so', () => {
  expect(startFailure(endedPod('exec /bin/sh: exec format error'))?.advice).toMatch(/another processor architecture/);
});

test('very many last words are cut', () => {
  expect(startFailure(endedPod('x'.repeat(4_000)))?.message).toMatch(/, x{1000}…$/);
});
