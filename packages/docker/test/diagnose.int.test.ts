import type { Finding } from '@sandpod/core';
import { expect, it } from 'vitest';
import { backend, type DockerSandboxProviderOptions } from '../src/index.ts';
import { BUSYBOX, SLIM } from './fixtures/test-docker.ts';

async function diagnose(options: DockerSandboxProviderOptions): Promise<Finding[]> {
  const found = backend.diagnose?.(options);
  if (found === undefined) throw new Error('Expected a back end with a diagnosis.');
  return Array.fromAsync(found);
}

it('a daemon that works passes every check', async () => {
  const findings = await diagnose({ image: SLIM, seccompProfile: 'strict' });
  expect(findings.map(({ subject }) => subject)).toEqual(['daemon', 'limits', 'seccomp', 'runtime', 'image', 'system calls']);
  expect(findings.filter(({ state }) => state !== 'ok')).toEqual([]);
});

it('system calls that the default profile permits without need are named, or were not tested', async () => {
  const inDefault = (await diagnose({ image: SLIM })).at(-1);
  expect(inDefault?.message).toMatch(/^Programs can use (io_uring|VSOCK|neither)/);
  expect((await diagnose({ image: BUSYBOX })).at(-1)).toMatchObject({
    subject: 'system calls',
    message: expect.stringContaining('no python3'),
  });
});

it('a daemon that cannot be reached ends the diagnosis with advice', async () => {
  const [finding, ...more] = await diagnose({ dockerHost: 'unix:///nowhere/docker.sock' });
  expect(finding).toMatchObject({ subject: 'daemon', state: 'error', advice: expect.stringContaining('DOCKER_HOST') });
  expect(finding?.message).toMatch(/unix:\/\/\/nowhere\/docker\.sock, from the dockerHost option/);
  expect(more).toEqual([]);
});

it.each(['ssh://host', '/var/run/docker.sock'])('the invalid address %s is reported with advice', async (dockerHost) => {
  expect(await diagnose({ dockerHost })).toEqual([
    {
      subject: 'daemon',
      state: 'error',
      message: expect.stringContaining(dockerHost),
      advice: expect.stringContaining('DOCKER_HOST=unix'),
    },
  ]);
});

it('an invalid image name is an error with the message of the daemon', async () => {
  const findings = await diagnose({ image: 'Not-An-Image' });
  const message = expect.stringContaining('invalid reference format');
  expect(findings.at(-1)).toMatchObject({ subject: 'image', state: 'error', message, advice: expect.stringContaining('python:3-slim') });
});

it('a missing runtime and a missing image are named, with advice', async () => {
  const findings = await diagnose({ image: 'nobody/nothing:1', runtime: 'runsc-missing' });
  expect(findings).toContainEqual(
    expect.objectContaining({ subject: 'runtime', state: 'error', advice: expect.stringContaining('runsc-missing') }),
  );
  expect(findings).toContainEqual(expect.objectContaining({ subject: 'image', state: 'warning', advice: 'docker pull nobody/nothing:1' }));
});
