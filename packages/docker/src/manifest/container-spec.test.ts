import { join } from 'node:path';
import { validateOptions } from '@sandpod/core/backend';
import { describe, expect, it } from 'vitest';
import { containerSpec } from './container-spec.ts';
import { type DockerOptions, type DockerSandboxProviderOptions, dockerSandboxProviderOptionsSchema } from './docker-options.ts';
import { weaknessesOf } from './weaknesses-of.ts';

const instance = { id: 'abc', expiresInMs: 61_500, nowMs: 1_000, imageVolumes: [] };

function optionsOf(options: DockerSandboxProviderOptions = {}): DockerOptions {
  return validateOptions(dockerSandboxProviderOptionsSchema, options, 'docker');
}

describe('the container of the default options', () => {
  const spec = containerSpec(optionsOf(), instance);

  it('is hardened', () => {
    expect(spec.HostConfig).toEqual({
      AutoRemove: true,
      Init: true,
      NetworkMode: 'none',
      IpcMode: 'private',
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      ReadonlyRootfs: true,
      Tmpfs: {
        '/tmp': 'rw,exec,nosuid,nodev,mode=1777,size=67108864',
        '/workspace': 'rw,exec,nosuid,nodev,mode=1777,size=536870912,uid=1000,gid=1000',
      },
      Mounts: [],
      ShmSize: 67_108_864,
      ExtraHosts: [],
      Memory: 536_870_912,
      MemorySwap: 536_870_912,
      NanoCpus: 1_000_000_000,
      PidsLimit: 256,
      Ulimits: [{ Name: 'nofile', Soft: 1024, Hard: 1024 }],
      LogConfig: { Type: 'none', Config: {} },
    });
  });

  it('ends itself, under a user that programs are not, whatever the image says', () => {
    expect(spec).toMatchObject({
      User: '65534:65534',
      WorkingDir: '/workspace',
      Entrypoint: ['sh', '-c', 'exec sleep 62'],
      Cmd: [],
      Healthcheck: { Test: ['NONE'] },
      NetworkDisabled: true,
      Labels: {
        'sandpod.managed': 'true',
        'sandpod.id': 'abc',
        'sandpod.user': '1000:1000',
        'sandpod.expires': '62500',
        'sandpod.options': expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    });
  });

  it('is not called weaknesses', () => expect(weaknessesOf(optionsOf())).toEqual([]));
});

describe('options', () => {
  it('bindDir and extraVolumes become mounts that the daemon does not make up', () => {
    const { HostConfig } = containerSpec(
      optionsOf({ bindDir: '/srv/work', extraVolumes: ['/srv/data:/data:ro', 'cache:/cache'] }),
      instance,
    );
    expect(HostConfig?.Mounts).toEqual([
      { Type: 'bind', Source: '/srv/work', Target: '/workspace', ReadOnly: false },
      { Type: 'bind', Source: '/srv/data', Target: '/data', ReadOnly: true },
      { Type: 'volume', Source: 'cache', Target: '/cache', ReadOnly: false },
    ]);
    expect(Object.keys(HostConfig?.Tmpfs ?? {})).toEqual(['/tmp']);
  });

  it('workDir is a path of this process, bindDir that of the daemon', () => {
    const source = (options: DockerSandboxProviderOptions): string | undefined =>
      containerSpec(optionsOf(options), instance).HostConfig?.Mounts?.[0]?.Source;
    expect(source({ workDir: 'out' })).toBe(join(process.cwd(), 'out'));
    expect(source({ workDir: 'out', bindDir: '/outside/out' })).toBe('/outside/out');
  });

  it('user may be nobody: the process whose end is the expiry is then of another one', () => {
    for (const user of ['65534', '65534:7', '065534']) expect(containerSpec(optionsOf({ user }), instance).User).toBe('65533:65533');
  });

  it('a volume at /tmp is not hidden under our own', () => {
    for (const target of ['/tmp', '/tmp/', '//tmp']) {
      const { HostConfig } = containerSpec(optionsOf({ extraVolumes: [`/srv/data:${target}`] }), instance);
      expect(HostConfig?.Mounts).toMatchObject([{ Target: '/tmp' }]);
      expect(Object.keys(HostConfig?.Tmpfs ?? {})).toEqual(['/workspace']);
    }
  });

  it("an image's volumes become memory, unless something is mounted there", () => {
    const { HostConfig } = containerSpec(optionsOf({ extraVolumes: ['/srv/data:/data'] }), {
      ...instance,
      imageVolumes: ['/data', '/var/lib/db'],
    });
    expect(Object.keys(HostConfig?.Tmpfs ?? {})).toEqual(['/tmp', '/var/lib/db', '/workspace']);
  });

  it('createOptions add to lists and records and replace the rest', () => {
    const createOptions = {
      Hostname: 'here',
      Env: ['A=1'],
      Labels: { mine: 'yes' },
      HostConfig: { CapDrop: [], CapAdd: ['CHOWN'], Tmpfs: { '/run': '' }, Memory: 7, Privileged: true, Binds: ['/:/host'] },
    };
    const options = optionsOf({ createOptions });
    const { HostConfig, Env, Labels, Hostname } = containerSpec(options, instance);
    expect(HostConfig).toMatchObject({
      CapDrop: ['ALL'],
      CapAdd: ['CHOWN'],
      Memory: 7,
      Privileged: true,
      Binds: ['/:/host'],
      ReadonlyRootfs: true,
    });
    expect(Object.keys(HostConfig?.Tmpfs ?? {})).toEqual(['/tmp', '/workspace', '/run']);
    expect(Env).toEqual(['HOME=/workspace', 'LANG=C.UTF-8', 'PYTHONDONTWRITEBYTECODE=1', 'A=1']);
    expect(Labels).toMatchObject({ mine: 'yes', 'sandpod.id': 'abc' });
    expect(Hostname).toBe('here');
    const [sentence] = weaknessesOf(options);
    for (const name of ['Hostname', 'Env', 'Labels', 'HostConfig.CapAdd', 'HostConfig.Privileged', 'HostConfig.Binds'])
      expect(sentence).toContain(name);
  });

  it('that loosen are named, one sentence each', () => {
    const weaknesses = weaknessesOf(
      optionsOf({
        network: 'bridge',
        user: '0',
        runAsRoot: true,
        writableRoot: true,
        capabilities: ['CHOWN'],
        bindDir: '/srv',
        extraVolumes: ['a:/a'],
        deviceRequests: [{ Count: -1 }],
        autoRemove: false,
      }),
    );
    expect(weaknesses).toHaveLength(9);
    for (const word of ['bridge', 'root of the container', 'writable', 'CHOWN', 'gain', '/srv', 'a:/a', 'devices', 'outlives'])
      expect(weaknesses.join('\n')).toContain(word);
  });
});

describe('options that are refused, with the name of the field', () => {
  const refused: [string, DockerSandboxProviderOptions][] = [
    ['labels', { labels: { 'sandpod.managed': 'false' } }],
    ['createOptions', { createOptions: { Labels: { 'sandpod.expires': '9' } } }],
    ['createOptions', { createOptions: { Entrypoint: ['sh'] } }],
    ['HostConfig.AutoRemove', { createOptions: { HostConfig: { AutoRemove: false } } }],
    ['extraVolumes', { extraVolumes: ['/srv:data'] }],
    ['extraVolumes', { extraVolumes: ['/srv:/data:exec'] }],
    ['extraVolumes', { extraVolumes: ['/srv:/workspace'] }],
    ['extraVolumes', { extraVolumes: ['/srv:/in/it/'], workspacePath: '/in//it' }],
    ['extraHosts', { extraHosts: { 'a b': '10.0.0.1' } }],
    ['extraHosts', { extraHosts: { db: 'elsewhere' } }],
    ['user', { user: 'root' }],
    ['user', { user: '0' }],
    ['user', { user: '00:5' }],
    ['capabilities', { runAsRoot: true, user: '7', capabilities: ['CHOWN'] }],
    ['capabilities', { runAsRoot: true, capabilities: ['CAP_CHOWN'] }],
    ['image', { image: '../containers' }],
    ['image', { image: 'a b' }],
    ['bindDir', { bindDir: 'relative' }],
    ['workDir', { workDir: '' }],
    ['capabilities', { capabilities: ['chown'] }],
    ['capabilities', { capabilities: ['CHOWN'] }],
    ['stopContainer', { stopContainer: false } as DockerSandboxProviderOptions],
    ['workspacePath', { workspacePath: '/' }],
    ['workspacePath', { workspacePath: '/a/../etc' }],
    ['workspacePath', { workspacePath: '/a/..' }],
    ['bindDir', { bindDir: '/../etc' }],
    ['createOptions.HostConfig', { createOptions: { HostConfig: null } } as unknown as DockerSandboxProviderOptions],
    ['createOptions.HostConfig', { createOptions: { HostConfig: ['Privileged'] } } as unknown as DockerSandboxProviderOptions],
    ['createOptions.Labels', { createOptions: { Labels: 'mine' } } as unknown as DockerSandboxProviderOptions],
    ['containerName', { containerName: '-x' }],
  ];

  it.each(refused)('%s: %o', (field, options) => {
    expect(() => optionsOf(options)).toThrow(expect.objectContaining({ code: 'invalid-options', message: expect.stringContaining(field) }));
  });
});
