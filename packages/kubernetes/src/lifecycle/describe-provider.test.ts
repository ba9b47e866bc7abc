import { expect, test } from 'vitest';
import type { PodSandboxProviderOptions } from '../options/pod-options.ts';
import { resolvePodOptions } from '../options/resolve-pod-options.ts';
import { describeProvider } from './describe-provider.ts';

function weaknessesOfVolume(options: PodSandboxProviderOptions): readonly string[] {
  const settings = { server: 'https://here', source: 'a file' };
  return describeProvider(resolvePodOptions(options), { settings, namespace: 'x', version: undefined, proof: undefined, warnings: [] })
    .weaknesses;
}

const claim = { persistentVolumeClaim: { claimName: 'x' } };
const ephemeral = { ephemeral: { volumeClaimTemplate: { spec: {} } } };

function mounted(volume: object, mountPath: string): PodSandboxProviderOptions {
  const containers = [{ name: 'sandbox', volumeMounts: [{ name: 'data', mountPath }] }];
  return { podSpec: { spec: { containers, volumes: [{ name: 'data', ...volume }] } } };
}

const LASTS = (name: string, option: string): string => `The workspace is the volume ${name}, whose content outlives the pod (${option}).`;

test('a workspace that outlives its pod is a weakness, wherever it is defined', () => {
  expect(weaknessesOfVolume({ volume: { name: 'data', ...claim } })).toEqual([LASTS('data', 'volume')]);
  expect(weaknessesOfVolume({ podSpec: { spec: { volumes: [{ name: 'workspace', ...claim }] } } })).toEqual([
    LASTS('workspace', 'podSpec'),
  ]);
  expect(weaknessesOfVolume(mounted(claim, '/workspace/'))).toEqual([LASTS('data', 'podSpec')]);
  expect(weaknessesOfVolume({ ...mounted(claim, '/srv/deep'), workspacePath: '/srv/deep' })).toEqual([LASTS('data', 'podSpec')]);
});

test('a workspace that is deleted with its pod is no weakness', () => {
  expect(weaknessesOfVolume({})).toEqual([]);
  expect(weaknessesOfVolume({ volume: { name: 'data', ...ephemeral } })).toEqual([]);
  expect(weaknessesOfVolume({ podSpec: { spec: { volumes: [{ name: 'workspace', ...ephemeral }] } } })).toEqual([]);
  expect(weaknessesOfVolume(mounted({ emptyDir: {} }, '/workspace'))).toEqual([]);
  expect(weaknessesOfVolume(mounted(claim, '/elsewhere'))).toEqual([]);
});

test.for([
  [[{ configMapRef: { name: 'a' } }], /envFrom in podSpec may set the address/],
  [[{ prefix: 'OWN_', configMapRef: { name: 'a' } }], /the image has no python3, nc or bash/],
] as const)('an unknown result of the network test is a weakness, with its reason: %j', ([envFrom, reason]) => {
  const options = resolvePodOptions({ podSpec: { spec: { containers: [{ name: 'sandbox', envFrom }] } } });
  const settings = { server: 'https://here', source: 'a file' };
  const found = { settings, namespace: 'x', version: undefined, warnings: [] } as const;
  expect(describeProvider(options, { ...found, proof: 'unknown' }).weaknesses).toEqual([expect.stringMatching(reason)]);
  expect(describeProvider(options, { ...found, proof: 'closed' }).weaknesses).toEqual([]);
});

test("the API server's warnings are notes", () => {
  const settings = { server: 'https://here', source: 'a file' };
  const warnings = ['299 - "would violate PodSecurity \\"restricted\\""', 'odd'];
  const { notes } = describeProvider(resolvePodOptions({}), { settings, namespace: 'x', version: undefined, proof: undefined, warnings });
  expect(notes).toContain('The API server warns: would violate PodSecurity "restricted"');
  expect(notes).toContain('The API server warns: odd');
});
