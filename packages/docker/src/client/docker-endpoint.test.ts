import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDocker } from './create-docker.ts';
import { findDockerEndpoint } from './docker-endpoint.ts';

let directory = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'docker-config-'));
  vi.stubEnv('DOCKER_CONFIG', directory);
  for (const name of ['DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_CERT_PATH', 'DOCKER_TLS_VERIFY']) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

function addContext(name: string, address: string): string {
  const id = createHash('sha256').update(name).digest('hex');
  const meta = join(directory, 'contexts', 'meta', id);
  const tls = join(directory, 'contexts', 'tls', id, 'docker');
  for (const path of [meta, tls]) mkdirSync(path, { recursive: true });
  writeFileSync(join(meta, 'meta.json'), JSON.stringify({ Name: name, Endpoints: { docker: { Host: address } } }));
  return tls;
}

describe('the address of the daemon', () => {
  it('comes from the option, DOCKER_HOST, DOCKER_CONTEXT, the current context or the default socket, in this order', () => {
    const address = (dockerHost?: string): string => findDockerEndpoint({ dockerHost }).address;
    expect(address()).toBe('unix:///var/run/docker.sock');
    addContext('current', 'unix:///current.sock');
    writeFileSync(join(directory, 'config.json'), JSON.stringify({ currentContext: 'current' }));
    expect(address()).toBe('unix:///current.sock');
    addContext('named', 'unix:///named.sock');
    vi.stubEnv('DOCKER_CONTEXT', 'named');
    expect(address()).toBe('unix:///named.sock');
    vi.stubEnv('DOCKER_HOST', 'tcp://10.0.0.1:2375');
    expect(address()).toBe('tcp://10.0.0.1:2375');
    expect(address('unix:///option.sock')).toBe('unix:///option.sock');
  });

  it('has the name of the setting that it came from', () => {
    vi.stubEnv('DOCKER_HOST', 'tcp://10.0.0.1:2375');
    expect(findDockerEndpoint({}).source).toBe('DOCKER_HOST');
  });

  it('of a missing context is an error that names the context', () => {
    vi.stubEnv('DOCKER_CONTEXT', 'missing');
    expect(() => findDockerEndpoint({})).toThrow(
      expect.objectContaining({ code: 'invalid-options', message: expect.stringContaining('"missing"') }),
    );
  });

  it('ignores a configuration that is not JSON', () => {
    writeFileSync(join(directory, 'config.json'), '{');
    expect(findDockerEndpoint({}).source).toBe('the default socket');
  });
});

describe('the client for an address', () => {
  const modemOf = (address: string, certificates?: string): object => createDocker({ address, source: 'a test', certificates }).modem;

  it('uses a socket even if DOCKER_HOST is set', () => {
    vi.stubEnv('DOCKER_HOST', 'tcp://10.0.0.1:2375');
    const modem = modemOf('unix:///run/user/1000/docker%20two.sock');
    expect(modem).toMatchObject({ socketPath: '/run/user/1000/docker two.sock', protocol: 'http' });
    expect(modem).not.toMatchObject({ host: expect.anything() });
  });

  it('uses TCP, with the usual port', () => {
    expect(modemOf('tcp://10.0.0.1')).toMatchObject({ host: '10.0.0.1', port: '2375', protocol: 'http' });
    expect(modemOf('tcp://10.0.0.1:99')).toMatchObject({ port: '99' });
    expect(modemOf('https://10.0.0.1')).toMatchObject({ port: '2376', protocol: 'https' });
  });

  it('uses TLS with the certificates of a context', () => {
    const tls = addContext('secure', 'tcp://10.0.0.1:2376');
    for (const name of ['ca', 'cert', 'key']) writeFileSync(join(tls, `${name}.pem`), name);
    vi.stubEnv('DOCKER_CONTEXT', 'secure');
    const endpoint = findDockerEndpoint({});
    expect(createDocker(endpoint).modem).toMatchObject({
      protocol: 'https',
      ca: Buffer.from('ca'),
      cert: Buffer.from('cert'),
      key: Buffer.from('key'),
    });
  });

  it.each([
    ['DOCKER_CERT_PATH', '/missing/certificates', '/missing/certificates'],
    ['DOCKER_TLS_VERIFY', '1', 'docker-config-'],
  ])('never falls back to plain text if %s asks for TLS', (name, value, place) => {
    vi.stubEnv('DOCKER_HOST', 'tcp://10.0.0.1:2376');
    vi.stubEnv(name, value);
    const message = expect.stringMatching(new RegExp(`Expected ca\\.pem, .*${place}`));
    expect(() => createDocker(findDockerEndpoint({}))).toThrow(expect.objectContaining({ code: 'invalid-options', message }));
  });

  it('never falls back to plain text if a context lacks a certificate', () => {
    writeFileSync(join(addContext('half', 'tcp://10.0.0.1:2376'), 'ca.pem'), 'ca');
    vi.stubEnv('DOCKER_CONTEXT', 'half');
    expect(() => createDocker(findDockerEndpoint({}))).toThrow(expect.objectContaining({ message: expect.stringContaining('cert.pem') }));
  });

  it('uses plain text if a context has no certificates', () => {
    addContext('plain', 'tcp://10.0.0.1:2375');
    vi.stubEnv('DOCKER_CONTEXT', 'plain');
    expect(createDocker(findDockerEndpoint({})).modem).toMatchObject({ protocol: 'http' });
  });

  it('is refused when certificates are incomplete', () => {
    writeFileSync(join(directory, 'cert.pem'), 'cert');
    expect(() => modemOf('tcp://10.0.0.1', directory)).toThrow(expect.objectContaining({ message: expect.stringContaining('ca.pem') }));
  });

  it.each(['ssh://me@host', 'nonsense', 'ftp://host'])('is refused for %s', (address) => {
    expect(() => modemOf(address)).toThrow(expect.objectContaining({ code: 'invalid-options', message: expect.stringContaining(address) }));
  });
});
