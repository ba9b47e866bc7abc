import { expect, test } from 'vitest';
import type { PodSandboxProviderOptions } from '../options/pod-options.ts';
import { resolvePodOptions } from '../options/resolve-pod-options.ts';
import { describeProvider } from './describe-pod.ts';

function looseOf(options: PodSandboxProviderOptions): readonly string[] {
  const settings = { server: 'https://here', source: 'a file' };
  return describeProvider(resolvePodOptions(options), { settings, namespace: 'x', version: undefined, proof: undefined }).weaknesses;
}

const claim = { persistentVolumeClaim: { claimName: 'x' } };
const ephemeral = { ephemeral: { volumeClaimTemplate: { spec: {} } } };

function mounted(volume: object, mountPath: string): PodSandboxProviderOptions {
  const containers = [{ name: 'sandbox', volumeMounts: [{ name: 'data', mountPath }] }];
  return { podSpec: { spec: { containers, volumes: [{ name: 'data', ...volume }] } } };
}

const LASTS = (name: string, option: string): string =>
  `The workspace is the volume ${name}, which is not emptied with the pod (${option}).`;

test('a workspace that outlives its pod is told of, wherever it comes from', () => {
  expect(looseOf({ volume: { name: 'data', ...claim } })).toEqual([LASTS('data', 'volume')]);
  expect(looseOf({ podSpec: { spec: { volumes: [{ name: 'workspace', ...claim }] } } })).toEqual([LASTS('workspace', 'podSpec')]);
  expect(looseOf(mounted(claim, '/workspace/'))).toEqual([LASTS('data', 'podSpec')]);
  expect(looseOf({ ...mounted(claim, '/srv/deep'), workspacePath: '/srv/deep' })).toEqual([LASTS('data', 'podSpec')]);
});

test('a workspace that goes with its pod is not', () => {
  expect(looseOf({})).toEqual([]);
  expect(looseOf({ volume: { name: 'data', ...ephemeral } })).toEqual([]);
  expect(looseOf({ podSpec: { spec: { volumes: [{ name: 'workspace', ...ephemeral }] } } })).toEqual([]);
  expect(looseOf(mounted({ emptyDir: {} }, '/workspace'))).toEqual([]);
  expect(looseOf(mounted(claim, '/elsewhere'))).toEqual([]);
});
