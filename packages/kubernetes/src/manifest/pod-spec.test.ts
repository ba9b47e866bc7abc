import { expect, test } from 'vitest';
import type { PodSandboxProviderOptions } from '../options/pod-options.ts';
import { resolvePodOptions } from '../options/resolve-pod-options.ts';
import { fingerprintOf } from './fingerprint.ts';
import { specOf } from './pod-spec.ts';

function design(options: PodSandboxProviderOptions, expiresInMs: number = 1): string {
  const resolved = resolvePodOptions(options);
  return fingerprintOf(resolved, specOf(resolved, { workspace: '/workspace', expiresInMs }));
}

test('a pod that another initCommand has prepared is another one', () => {
  expect(design({ initCommand: 'touch one' })).toBe(design({ initCommand: 'touch one' }, 99_000));
  expect(design({ initCommand: 'touch one' })).not.toBe(design({ initCommand: 'touch two' }));
  expect(design({ initCommand: 'touch one' })).not.toBe(design({}));
});
