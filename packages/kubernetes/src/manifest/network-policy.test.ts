import { expect, test } from 'vitest';
import { resolvePodOptions } from '../options/resolve-pod-options.ts';
import { nameInstance } from './name-instance.ts';
import { denyAllPolicy } from './network-policy.ts';

test('the policy closes both directions and allows nothing', () => {
  expect(denyAllPolicy('here')).toMatchObject({ metadata: { namespace: 'here' } });
  expect(denyAllPolicy('here').spec).toEqual({
    podSelector: { matchLabels: { 'sandpod.dev/network': 'closed' } },
    policyTypes: ['Ingress', 'Egress'],
  });
});

test('it selects every pod whose network is not open', () => {
  const selected = Object.entries(denyAllPolicy('here').spec?.podSelector?.matchLabels ?? {});
  for (const network of ['none', 'require-none'] as const) {
    const { labels } = nameInstance(resolvePodOptions({ network, labels: { 'sandpod.dev/network': 'open' } }), { namespace: 'here' });
    expect(Object.entries(labels)).toEqual(expect.arrayContaining(selected));
  }
});
