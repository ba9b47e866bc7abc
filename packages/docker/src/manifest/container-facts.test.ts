import { validateOptions } from '@sandpod/core/backend';
import type Docker from 'dockerode';
import { describe, expect, it } from 'vitest';
import { dockerSandboxProviderOptionsSchema } from '../options/docker-options-schema.ts';
import { inspectedFacts } from './container-facts.ts';

const options = validateOptions(dockerSandboxProviderOptionsSchema, {}, 'docker');

function inspected(hostConfig: object): Docker.ContainerInspectInfo {
  const Config = { Image: 'other:1', WorkingDir: '/elsewhere', Labels: { 'sandpod.user': '7:8' } };
  return { Config, HostConfig: hostConfig } as unknown as Docker.ContainerInspectInfo;
}

describe('the properties of a container', () => {
  it('take precedence over the options', () => {
    const Tmpfs = { '/elsewhere': 'rw,size=1048576,uid=7' };
    const facts = inspectedFacts(
      inspected({ Tmpfs, NetworkMode: 'bridge', ReadonlyRootfs: false, NanoCpus: 5e8, Memory: 99, PidsLimit: 77 }),
      options,
    );
    expect(facts).toEqual({
      image: 'other:1',
      workspacePath: '/elsewhere',
      user: '7:8',
      network: 'bridge',
      writableRoot: true,
      limits: { ...options.limits, cpus: 0.5, memoryBytes: 99, processes: 77, workspaceBytes: 1_048_576 },
    });
  });

  it('come from the options if the container does not have them', () => {
    expect(inspectedFacts(inspected({ ReadonlyRootfs: true }), options).limits).toEqual(options.limits);
  });
});
