import { DEFAULT_LIMITS } from '@sandpod/core';
import { expect, test } from 'vitest';
import { parseQuantity, readLimits } from './read-limits.ts';

test('quantities are read in every notation that the server writes', () => {
  expect(['500m', '1', '0.5', '64Mi', '1Gi', '512M', '3k', '2Ki'].map(parseQuantity)).toEqual([
    0.5, 1, 0.5, 67_108_864, 1_073_741_824, 512_000_000, 3_000, 2_048,
  ]);
});

test('what is no quantity is none', () => {
  expect([undefined, '', 'much', '-1', '1 Mi'].map(parseQuantity)).toEqual([undefined, undefined, undefined, undefined, undefined]);
});

test('a pod tells its own limits; what it does not say is taken from the fallback', () => {
  const pod = {
    spec: {
      containers: [{ name: 'sandbox', resources: { limits: { cpu: '250m', memory: '128Mi' } } }],
      volumes: [{ name: 'workspace', emptyDir: { sizeLimit: '32Mi' } }],
    },
  };
  expect(readLimits(pod, DEFAULT_LIMITS)).toEqual({ ...DEFAULT_LIMITS, cpus: 0.25, memoryBytes: 134_217_728, workspaceBytes: 33_554_432 });
  expect(readLimits({}, DEFAULT_LIMITS)).toEqual(DEFAULT_LIMITS);
});
