import { DEFAULT_LIMITS } from '@sandpod/core';
import { expect, test } from 'vitest';
import { readLimits } from './read-limits.ts';

test('limits are read from the pod; missing limits are taken from the fallback', () => {
  const pod = {
    spec: {
      containers: [{ name: 'sandbox', resources: { limits: { cpu: '250m', memory: '128Mi' } } }],
      volumes: [{ name: 'workspace', emptyDir: { sizeLimit: '32Mi' } }],
    },
  };
  expect(readLimits(pod, DEFAULT_LIMITS)).toEqual({ ...DEFAULT_LIMITS, cpus: 0.25, memoryBytes: 134_217_728, workspaceBytes: 33_554_432 });
  expect(readLimits({}, DEFAULT_LIMITS)).toEqual(DEFAULT_LIMITS);
});
