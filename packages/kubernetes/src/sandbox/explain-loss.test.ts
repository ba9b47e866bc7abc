import type { V1Pod } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { deleted, explainLoss, lossOf, type PodIdentity } from './explain-loss.ts';

const EXPIRED = 'The pod one expired. Raise expiresInMs for sandboxes that must last longer.';

function expiringIn(ms: number, isGone = false): PodIdentity {
  return { namespace: 'here', name: 'one', uid: 'uid', expiry: { remainingMs: () => ms, isGone, refresh: async () => {} } };
}

const deletedPod: V1Pod = { metadata: { name: 'one', uid: 'uid', deletionTimestamp: new Date() } };

const CONTAINER = { name: 'sandbox', ready: true, restartCount: 0, image: 'x', imageID: 'x' };

test('a pod that is gone at its expiry has expired', () => {
  expect(lossOf(deletedPod, expiringIn(0))).toMatchObject({ outcome: 'session-lost', reason: EXPIRED, isFinal: true });
  expect(deleted(expiringIn(-60_000))).toMatchObject({ outcome: 'session-lost', reason: EXPIRED, isFinal: true });
});

test('a pod that is gone long before its expiry was deleted', () => {
  expect(lossOf(deletedPod, expiringIn(60_000))).toMatchObject({ outcome: 'session-lost', reason: 'The pod one is being deleted.' });
  expect(deleted(expiringIn(60_000))).toMatchObject({ outcome: 'session-lost', reason: 'The pod one was deleted.' });
  const reason = 'The pod one was deleted together with its lease: it expired, or another client removed it.';
  expect(deleted(expiringIn(60_000, true))).toMatchObject({ outcome: 'session-lost', reason });
});

test('where the container runtime failed, its report of the memory limit is awaited longer', async () => {
  const started = performance.now();
  const status = (): V1Pod['status'] =>
    performance.now() - started < 4_000
      ? { containerStatuses: [{ ...CONTAINER, state: { running: {} } }] }
      : { containerStatuses: [{ ...CONTAINER, state: { terminated: { exitCode: 128, reason: 'OOMKilled' } } }] };
  const client = { json: async <T>() => ({ metadata: { name: 'one', uid: 'uid' }, status: status() }) as T };
  const [known, unknown] = await Promise.all([explainLoss(client, expiringIn(60_000), 128), explainLoss(client, expiringIn(60_000), 137)]);
  expect(known).toMatchObject({ outcome: 'memory-limit', reason: 'The pod one exceeded its memory limit.' });
  expect(unknown).toBeUndefined();
}, 20_000);
