import { expect, test } from 'vitest';
import type { PodSandboxProviderOptions } from '../options/pod-options.ts';
import { resolvePodOptions } from '../options/resolve-pod-options.ts';
import { fingerprintOf } from './fingerprint.ts';
import { specOf } from './pod-spec.ts';

function fingerprint(options: PodSandboxProviderOptions): string {
  const resolved = resolvePodOptions(options);
  return fingerprintOf(resolved, specOf(resolved, '/workspace'));
}

test('a pod with another initCommand has another fingerprint', () => {
  expect(fingerprint({ initCommand: 'touch one' })).toBe(fingerprint({ initCommand: 'touch one', expiresInMs: 99_000 }));
  expect(fingerprint({ initCommand: 'touch one' })).not.toBe(fingerprint({ initCommand: 'touch two' }));
  expect(fingerprint({ initCommand: 'touch one' })).not.toBe(fingerprint({}));
});

test('a pod has no deadline of its own unless podSpec sets one, because the API server refuses to raise it', () => {
  expect(specOf(resolvePodOptions({}), '/workspace')).not.toHaveProperty('activeDeadlineSeconds');
  const podSpec = { spec: { activeDeadlineSeconds: 90 } };
  expect(specOf(resolvePodOptions({ podSpec }), '/workspace').activeDeadlineSeconds).toBe(90);
});
