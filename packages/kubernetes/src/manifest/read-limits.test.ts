import { DEFAULT_LIMITS } from '@sandpod/core';
import { expect, test } from 'vitest';
import { readDiskLimits, readLimits } from './read-limits.ts';

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

test('only volumes on the disk of the node that have a limit are watched', () => {
  const mount = (name: string, more: object = {}): { name: string; mountPath: string } => ({ name, mountPath: `/${name}`, ...more });
  const pod = {
    spec: {
      containers: [{ name: 'sandbox', volumeMounts: [mount('a'), mount('b'), mount('c'), mount('d'), mount('a', { subPath: 'x' })] }],
      volumes: [
        { name: 'a', emptyDir: { sizeLimit: '32Mi' } },
        { name: 'b', emptyDir: { sizeLimit: '32Mi', medium: 'Memory' } },
        { name: 'c', persistentVolumeClaim: { claimName: 'c' } },
        { name: 'd', emptyDir: {} },
      ],
    },
  };
  expect(readDiskLimits(pod)).toEqual([{ path: '/a', bytes: 33_554_432 }]);
});
