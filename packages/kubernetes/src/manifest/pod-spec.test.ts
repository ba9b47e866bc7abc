import { expect, test } from 'vitest';
import { bodyOf, container } from '../../test/fixtures/pod-options.ts';
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

test('a closed pod has no name server but its own loopback, unless podSpec sets another or the network is open', () => {
  const namesOf = (options: PodSandboxProviderOptions): unknown[] => {
    const { dnsPolicy, dnsConfig } = specOf(resolvePodOptions(options), '/workspace');
    return [dnsPolicy, dnsConfig?.nameservers];
  };
  expect(namesOf({})).toEqual(['None', ['127.0.0.1']]);
  expect(namesOf({ network: 'require-none' })).toEqual(['None', ['127.0.0.1']]);
  expect(namesOf({ network: 'open' })).toEqual([undefined, undefined]);
  expect(namesOf({ podSpec: { spec: { dnsPolicy: 'Default' } } })).toEqual(['Default', undefined]);
  expect(namesOf({ podSpec: { spec: { dnsConfig: { searches: ['a'] } } } })).toEqual([undefined, undefined]);
});

test('the pod of the default options is hardened', () => {
  const { spec } = bodyOf({});
  expect(spec).toMatchObject({
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    dnsPolicy: 'None',
    securityContext: { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } },
  });
  expect(spec?.containers).toHaveLength(1);
  expect(spec?.containers[0]).toMatchObject({
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    resources: { limits: { cpu: expect.any(String), memory: expect.any(String), 'ephemeral-storage': expect.any(String) } },
  });
  expect(spec?.containers[0]?.securityContext).not.toHaveProperty('privileged');
});

test('another container stays hardened if options weaken the container in which programs run', () => {
  const containers = [{ name: 'sandbox' }, { name: 'side', image: 'x' }];
  const weak = { allowPrivilegeEscalation: true, writableRoot: true, podSpec: { spec: { containers } } };
  expect(bodyOf(weak).spec?.containers[1]?.securityContext).toMatchObject({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
  });
});

test('a container has no rules for restarts', () => {
  const restartPolicyRules = [{ action: 'Restart', exitCodes: { operator: 'In', values: [1] } }];
  const [sandbox] = bodyOf(container({ restartPolicy: 'Always', restartPolicyRules })).spec?.containers ?? [];
  expect(sandbox).not.toHaveProperty('restartPolicy');
  expect(sandbox).not.toHaveProperty('restartPolicyRules');
});
