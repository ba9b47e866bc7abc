import { describe, expect, it } from 'vitest';
import type { DockerConfig } from './docker-config.ts';
import { findRegistryCredentials, registryOf } from './registry-credentials.ts';

const HUB = 'https://index.docker.io/v1/';

function configOf(config: Partial<DockerConfig>): DockerConfig {
  return { currentContext: undefined, credsStore: undefined, credHelpers: {}, auths: {}, ...config };
}

describe('the registry of an image', () => {
  it.each([
    ['python', ''],
    ['python:3-slim', ''],
    ['library/python:3', ''],
    ['docker.io/library/python', ''],
    ['localhost/mine', 'localhost'],
    ['localhost:5000/mine', 'localhost:5000'],
    ['ghcr.io/owner/mine:1', 'ghcr.io'],
    ['10.0.0.1:5000/mine@sha256:abc', '10.0.0.1:5000'],
  ])('of %s is "%s"', (image, registry) => expect(registryOf(image)).toBe(registry));
});

describe('credentials from the configuration file', () => {
  const auth = Buffer.from('user:pass:word').toString('base64');

  it('for Docker Hub are found under its old address', async () => {
    expect(await findRegistryCredentials('python', { config: configOf({ auths: { [HUB]: { auth } } }) })).toEqual({
      registry: '',
      authconfig: { username: 'user', password: 'pass:word', serveraddress: HUB },
    });
  });

  it.each(['ghcr.io', 'https://ghcr.io', 'https://ghcr.io/v2/'])('are found under %s', async (key) => {
    const { authconfig } = await findRegistryCredentials('ghcr.io/owner/mine', { config: configOf({ auths: { [key]: { auth } } }) });
    expect(authconfig).toEqual({ username: 'user', password: 'pass:word', serveraddress: 'ghcr.io' });
  });

  it.each([
    [{ identitytoken: 'token' }, { identitytoken: 'token' }],
    [{ registrytoken: 'token' }, { registrytoken: 'token' }],
    [
      { username: 'me', password: 'secret' },
      { username: 'me', password: 'secret' },
    ],
  ])('may be %j', async (entry, authconfig) => {
    const config = configOf({ auths: { 'ghcr.io': { ...entry } } });
    expect((await findRegistryCredentials('ghcr.io/a/b', { config })).authconfig).toEqual({ ...authconfig, serveraddress: 'ghcr.io' });
  });

  it.each([{}, { auth: '' }, { auth: 'bm90IGEgcGFpcg==' }])('are none in %j', async (entry) => {
    expect(await findRegistryCredentials('ghcr.io/a/b', { config: configOf({ auths: { 'ghcr.io': entry } }) })).toEqual({
      registry: 'ghcr.io',
    });
  });

  it('for one registry are not sent to another', async () => {
    const config = configOf({ auths: { 'ghcr.io': { auth }, [HUB]: { auth } } });
    expect(await findRegistryCredentials('ghcr.io.evil.test/a/b', { config })).toEqual({ registry: 'ghcr.io.evil.test' });
  });
});

it('a helper whose name is a path is rejected', async () => {
  const { problem } = await findRegistryCredentials('ghcr.io/a/b', { config: configOf({ credsStore: '../../bin/sh' }) });
  expect(problem).toContain('"../../bin/sh"');
});
