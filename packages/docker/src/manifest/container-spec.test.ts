import { join } from 'node:path';
import { validateOptions } from '@sandpod/core/backend';
import { describe, expect, it } from 'vitest';
import type { DockerSandboxProviderOptions } from '../options/docker-options.ts';
import { type DockerOptions, dockerSandboxProviderOptionsSchema } from '../options/docker-options-schema.ts';
import { weaknessesOf } from '../options/weaknesses-of.ts';
import { workspaceBytesOf } from '../options/workspace-bytes.ts';
import { containerSpec } from './container-spec.ts';
import { callerLabels } from './labels.ts';

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
      Dns: ['127.0.0.1'],
      DnsOptions: ['timeout:0', 'attempts:1'],
      IpcMode: 'private',
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      ReadonlyRootfs: true,
      Tmpfs: {
        '/tmp': 'rw,exec,nosuid,nodev,mode=1777,size=67108864',
        '/workspace': 'rw,exec,nosuid,nodev,mode=1777,size=469762048,uid=1000,gid=1000',
        '/.sandpod': 'rw,exec,nosuid,nodev,mode=0711,size=67108864,uid=65534,gid=65534',
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

  it('ends by itself, as a user that programs are not, whatever the image declares', () => {
    expect(spec).toMatchObject({
      User: '65534:65534',
      WorkingDir: '/workspace',
      Entrypoint: [
        'sh',
        '-c',
        expect.stringContaining('exec sh keeper'),
        'sandpod-keeper',
        expect.stringContaining('sleep'),
        '6150',
        '62500',
      ],
      Cmd: [],
      Healthcheck: { Test: ['NONE'] },
      Labels: {
        'sandpod.managed': 'true',
        'sandpod.id': 'abc',
        'sandpod.user': '1000:1000',
        'sandpod.expires': '62500',
        'sandpod.options': expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    });
  });

  it('has loopback and a hosts file, which NetworkDisabled would take away', () => expect(spec).not.toHaveProperty('NetworkDisabled'));

  it('has no weaknesses', () => expect(weaknessesOf(optionsOf())).toEqual([]));
});

describe('options', () => {
  it('bindDir and extraVolumes become mounts, for which the daemon creates no directories', () => {
    const { HostConfig } = containerSpec(
      optionsOf({ bindDir: '/srv/work', extraVolumes: ['/srv/data:/data:ro', 'cache:/cache'] }),
      instance,
    );
    expect(HostConfig?.Mounts).toEqual([
      { Type: 'bind', Source: '/srv/work', Target: '/workspace', ReadOnly: false },
      { Type: 'bind', Source: '/srv/data', Target: '/data', ReadOnly: true },
      { Type: 'volume', Source: 'cache', Target: '/cache', ReadOnly: false },
    ]);
    expect(Object.keys(HostConfig?.Tmpfs ?? {})).toEqual(['/tmp', '/.sandpod']);
  });

  it('workDir is a path on this machine, bindDir one on the machine of the daemon', () => {
    const source = (options: DockerSandboxProviderOptions): string | undefined =>
      containerSpec(optionsOf(options), instance).HostConfig?.Mounts?.[0]?.Source;
    expect(source({ workDir: 'out' })).toBe(join(process.cwd(), 'out'));
    expect(source({ workDir: 'out', bindDir: '/outside/out' })).toBe('/outside/out');
  });

  it('a workspace in memory leaves an eighth of the memory to programs; a directory of the host does not count', () => {
    const MiB = 1024 * 1024;
    const sizeOf = (limits: DockerSandboxProviderOptions['limits']): string | undefined =>
      /size=\d+/.exec(containerSpec(optionsOf({ limits }), instance).HostConfig?.Tmpfs?.['/workspace'] ?? '')?.[0];
    expect(sizeOf({ memoryBytes: 80 * MiB })).toBe(`size=${70 * MiB}`);
    expect(sizeOf({ memoryBytes: 80 * MiB, workspaceBytes: 60 * MiB })).toBe(`size=${60 * MiB}`);
    expect(workspaceBytesOf(optionsOf({ limits: { memoryBytes: 80 * MiB }, bindDir: '/srv/work' }))).toBe(512 * MiB);
  });

  it('user may be nobody: the keeper then runs as another user, and only that user can enter its directory', () => {
    for (const user of ['65534', '65534:7', '065534']) {
      const { User, HostConfig } = containerSpec(optionsOf({ user }), instance);
      expect(User).toBe('65533:65533');
      expect(HostConfig?.Tmpfs?.['/.sandpod']).toContain('mode=0711,size=67108864,uid=65533,gid=65533');
    }
  });

  it('expiresInMs may be null: the keeper never ends, and the label says so', () => {
    const { Entrypoint, Labels } = containerSpec(optionsOf(), { ...instance, expiresInMs: null });
    expect(Entrypoint?.at(-1)).toBe('never');
    expect(Labels).toMatchObject({ 'sandpod.expires': 'never' });
  });

  it("a caller's labels cannot clash with those that sandpod sets", () => {
    const labels = { id: 'mine', managed: 'false', 'label.x': 'y' };
    const { Labels = {} } = containerSpec(optionsOf(), { ...instance, labels, isClaimable: true });
    expect(Labels).toMatchObject({ 'sandpod.id': 'abc', 'sandpod.managed': 'true', 'sandpod.claimable': 'true' });
    expect(callerLabels(Labels)).toEqual(labels);
  });

  it('a volume at /tmp replaces the default file system there', () => {
    for (const target of ['/tmp', '/tmp/', '//tmp']) {
      const { HostConfig } = containerSpec(optionsOf({ extraVolumes: [`/srv/data:${target}`] }), instance);
      expect(HostConfig?.Mounts).toMatchObject([{ Target: '/tmp' }]);
      expect(Object.keys(HostConfig?.Tmpfs ?? {})).toEqual(['/workspace', '/.sandpod']);
    }
  });

  it("an image's volumes become memory, unless something is mounted there", () => {
    const { HostConfig } = containerSpec(optionsOf({ extraVolumes: ['/srv/data:/data'] }), {
      ...instance,
      imageVolumes: ['/data', '/var/lib/db'],
    });
    expect(Object.keys(HostConfig?.Tmpfs ?? {})).toEqual(['/tmp', '/var/lib/db', '/workspace', '/.sandpod']);
  });

  it('createOptions extend lists and records and replace other values', () => {
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
    expect(Object.keys(HostConfig?.Tmpfs ?? {})).toEqual(['/tmp', '/workspace', '/.sandpod', '/run']);
    expect(Env).toEqual(['HOME=/workspace', 'USER=sandpod', 'LOGNAME=sandpod', 'LANG=C.UTF-8', 'PYTHONDONTWRITEBYTECODE=1', 'A=1']);
    expect(Labels).toMatchObject({ mine: 'yes', 'sandpod.id': 'abc' });
    expect(Hostname).toBe('here');
    const [sentence] = weaknessesOf(options);
    for (const name of ['Hostname', 'Env', 'Labels', 'HostConfig.CapAdd', 'HostConfig.Privileged', 'HostConfig.Binds'])
      expect(sentence).toContain(name);
  });

  it('that weaken a protection are named, with one sentence each', () => {
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
        expiresInMs: null,
      }),
    );
    expect(weaknesses).toHaveLength(10);
    for (const word of ['bridge', 'root in the container', 'writable', 'CHOWN', 'gain', '/srv', 'a:/a', 'devices', 'autoRemove', 'null'])
      expect(weaknesses.join('\n')).toContain(word);
  });
});

const BIG: DockerSandboxProviderOptions = { env: { BIG: 'x'.repeat(200_000) } };

describe('options that are rejected, with the name of the field', () => {
  const refused: [string, DockerSandboxProviderOptions][] = [
    ['env.BIG: expected at most 131071 bytes including the name, which is the maximum on Linux; given 200004 bytes', BIG],
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
    ['workspacePath', { workspacePath: '/.sandpod/x' }],
    ['extraVolumes', { extraVolumes: ['/srv://.sandpod/'] }],
    ['createOptions', { createOptions: { HostConfig: { Tmpfs: { '/.sandpod': 'mode=0777' } } } }],
    ['createOptions', { createOptions: { HostConfig: { Mounts: [{ Type: 'bind', Source: '/srv', Target: '/.sandpod' }] } } }],
    ['createOptions', { createOptions: { HostConfig: { Binds: ['/srv:/.sandpod'] } } }],
    ['createOptions', { createOptions: { Volumes: { '/.sandpod': {} } } }],
  ];

  it.each(refused)('%s: %o', (field, options) => {
    expect(() => optionsOf(options)).toThrow(expect.objectContaining({ code: 'invalid-options', message: expect.stringContaining(field) }));
  });
});
