import type { Finding } from '@sandpod/core';
import { expect, it } from 'vitest';
import { backend, type DockerSandboxProviderOptions } from '../src/index.ts';
import { BUSYBOX } from './fixtures/test-docker.ts';

async function diagnose(options: DockerSandboxProviderOptions): Promise<Finding[]> {
  const found = backend.diagnose?.(options);
  if (found === undefined) throw new Error('Expected a back end with a diagnosis.');
  return Array.fromAsync(found);
}

it('a daemon that works is good in every respect', async () => {
  const findings = await diagnose({ image: BUSYBOX });
  expect(findings.map(({ subject }) => subject)).toEqual(['daemon', 'limits', 'seccomp', 'runtime', 'image']);
  expect(findings.filter(({ state }) => state !== 'good')).toEqual([]);
});

it('a daemon that cannot be reached ends the diagnosis with advice', async () => {
  const [finding, ...more] = await diagnose({ dockerHost: 'unix:///nowhere/docker.sock' });
  expect(finding).toMatchObject({ subject: 'daemon', state: 'bad', advice: expect.stringContaining('DOCKER_HOST') });
  expect(more).toEqual([]);
});

it('a runtime and an image that are missing are named, with advice', async () => {
  const findings = await diagnose({ image: 'nobody/nothing:1', runtime: 'runsc-missing' });
  expect(findings).toContainEqual(
    expect.objectContaining({ subject: 'runtime', state: 'bad', advice: expect.stringContaining('runsc-missing') }),
  );
  expect(findings).toContainEqual(expect.objectContaining({ subject: 'image', state: 'weak', advice: 'docker pull nobody/nothing:1' }));
});
