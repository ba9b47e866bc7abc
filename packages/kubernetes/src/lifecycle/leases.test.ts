import { expect, test } from 'vitest';
import { leaseJob } from '../manifest/lease-job.ts';
import { nameInstance } from '../manifest/name-instance.ts';
import { resolvePodOptions } from '../options/resolve-pod-options.ts';
import { readLease } from './leases.ts';

const CREATED = new Date('2026-01-01T00:00:00Z');
const options = resolvePodOptions({ labels: { team: 'a', 'labels.sandpod.dev/forged': 'x' } });

function leaseOf(wanted: Parameters<typeof nameInstance>[1], startTime?: Date): ReturnType<typeof readLease> {
  const job = leaseJob(options, nameInstance(options, wanted));
  return readLease({ ...job, metadata: { ...job.metadata, creationTimestamp: CREATED }, ...(startTime && { status: { startTime } }) });
}

test('a lease holds the name and the labels of its sandbox, and nothing that the labels for Kubernetes forge', () => {
  const lease = leaseOf({ name: 'mine', labels: { run: '1', empty: '' }, namespace: 'here' });
  expect(lease).toMatchObject({
    sandboxName: 'mine',
    labels: { run: '1', empty: '' },
    isClaimable: false,
    claim: undefined,
    isEnding: false,
  });
  expect(leaseOf({ namespace: 'here' })).toMatchObject({ sandboxName: undefined, labels: {} });
});

test('a lease expires when its deadline has passed since its start, and never without a deadline', () => {
  expect(leaseOf({ namespace: 'here', expiresInMs: 9_500 }).expiresMs).toBe(CREATED.getTime() + 10_000);
  const start = new Date(CREATED.getTime() + 3_000);
  expect(leaseOf({ namespace: 'here', expiresInMs: 10_000 }, start).expiresMs).toBe(start.getTime() + 10_000);
  expect(leaseOf({ namespace: 'here', expiresInMs: null }).expiresMs).toBeUndefined();
});
