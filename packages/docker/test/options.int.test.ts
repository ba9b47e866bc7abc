import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DockerSandboxProviderOptions } from '../src/index.ts';
import { docker, TestContainers } from './fixtures/test-docker.ts';

const containers = new TestContainers('options');
let directory = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'docker-options-'));
  await chmod(directory, 0o777);
  await writeFile(join(directory, 'given.txt'), 'given');
});
afterAll(() => rm(directory, { recursive: true, force: true }));
afterEach(async () => expect(await containers.leftAfter(5_000)).toEqual([]));

async function output(options: DockerSandboxProviderOptions, command: string): Promise<string> {
  await using sandbox = await containers.provider(options).create();
  const { stdout, stderr } = await sandbox.run({ command, timeoutMs: 20_000 });
  return stdout + stderr;
}

describe('options that reach the container', () => {
  it('bindDir is the workspace, for programs and for the client', async () => {
    expect(await output({ bindDir: directory }, 'cat given.txt; echo made > made.txt')).toBe('given');
    expect(await readFile(join(directory, 'made.txt'), 'utf8')).toBe('made\n');
  });

  it('workDir is created if it is missing, and files that programs create appear in it', async () => {
    const workDir = join(directory, 'deep', 'er');
    const user = `${process.getuid?.()}:${process.getgid?.()}`;
    expect(await output({ workDir, user, runAsRoot: true }, 'echo made > made.txt; ls')).toBe('made.txt\n');
    expect(await readFile(join(workDir, 'made.txt'), 'utf8')).toBe('made\n');
  });

  it.runIf(process.getuid?.() === 0)('a workDir that root made belongs to the user of the programs', async () => {
    const workDir = join(directory, 'given', 'away');
    expect(await output({ workDir }, 'id -u; echo made > made.txt; ls')).toBe('1000\nmade.txt\n');
  });

  it('capabilities grants root exactly the named capabilities', async () => {
    const line = "echo x > f; chown 7 f && stat -c %u f; awk '/CapEff/ {print $2}' /proc/self/status";
    expect(await output({ runAsRoot: true, capabilities: ['CHOWN'] }, line)).toBe('7\n0000000000000001\n');
    expect(await output({ runAsRoot: true }, line)).toMatch(/^0{16}\n.*not permitted\n$/);
  });

  it('extraVolumes are mounted, read-only if requested', async () => {
    const shown = await output({ extraVolumes: [`${directory}:/extra:ro`] }, 'cat /extra/given.txt; touch /extra/x');
    expect(shown).toContain('given');
    expect(shown).toMatch(/read-only/i);
    expect(await output({ extraVolumes: [`${directory}:/tmp:ro`] }, 'cat /tmp/given.txt')).toBe('given');
  });

  it('extraHosts, env, workspacePath and initCommand take effect for programs', async () => {
    const options = {
      extraHosts: { 'db.test': '10.1.2.3' },
      env: { COLOR: 'a "b" $c' },
      workspacePath: '/home/work',
      initCommand: 'echo ready > init.txt',
    };
    const shown = await output(options, 'grep db.test /etc/hosts; echo "$COLOR"; pwd; cat init.txt');
    expect(shown).toMatch(/^10\.1\.2\.3\s+db\.test\na "b" \$c\n\/home\/work\nready\n$/);
  });

  it('writableRoot and runAsRoot weaken exactly what they name', async () => {
    const options = { writableRoot: true, runAsRoot: true };
    expect(await output(options, 'id -u; touch /made && ls /made')).toBe('0\n/made\n');
    expect(containers.provider(options).describe().weaknesses).toHaveLength(2);
  });

  it('a network makes hosts reachable that are unreachable without it [row 8]', async () => {
    const server = createServer((_, response) => response.end('reached'));
    server.listen(0, '0.0.0.0');
    await once(server, 'listening');
    const gateway = (await output({ network: 'bridge' }, "ip route | awk '/default/ {print $3}'")).trim();
    const { port } = server.address() as AddressInfo;
    const line = `printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 3 ${gateway} ${port}`;
    try {
      expect(await output({ network: 'bridge' }, line)).toContain('reached');
      expect(await output({}, line)).toMatch(/unreachable/i);
    } finally {
      server.close();
    }
  });

  it('only allowPrivilegeEscalation lets a program gain privileges', async () => {
    const line = 'grep NoNewPrivs /proc/self/status';
    expect(await output({ allowPrivilegeEscalation: true }, line)).toMatch(/0\n$/);
    expect(await output({}, line)).toMatch(/1\n$/);
  });

  it('createOptions extend lists and keep the default protections', async () => {
    const provider = containers.provider({
      createOptions: { Env: ['RAW=1'], HostConfig: { CapAdd: ['CHOWN'], SecurityOpt: ['label=disable'] } },
    });
    await using sandbox = await provider.create();
    const { HostConfig, Config } = await docker.getContainer(sandbox.containerId).inspect();
    expect(HostConfig).toMatchObject({ CapDrop: ['ALL'], ReadonlyRootfs: true, SecurityOpt: ['no-new-privileges', 'label=disable'] });
    expect(Config.Env).toEqual(expect.arrayContaining(['RAW=1', 'HOME=/workspace']));
    expect(provider.describe().weaknesses).toEqual(['createOptions sets Env, HostConfig.CapAdd, HostConfig.SecurityOpt.']);
  });
});

describe('a start that cannot succeed fails within seconds with the reason, and leaves nothing', () => {
  const refused: [string, DockerSandboxProviderOptions, RegExp][] = [
    [
      'an image that does not exist [row 47]',
      { image: '127.0.0.1:9/nobody/nothing:1' },
      /could not pull the image 127\.0\.0\.1:9\/nobody\/nothing:1: .*(refused|connect)/,
    ],
    ['an invalid image name [row 47]', { image: 'Not-An-Image' }, /invalid reference format/],
    ['a runtime that the daemon does not have [row 12]', { runtime: 'runsc-missing' }, /runsc-missing/],
    ['a bindDir that does not exist [row 48]', { bindDir: '/missing/directory' }, /\/missing\/directory/],
    [
      'a bindDir that the user cannot write to',
      { bindDir: '/etc' },
      /User 1000:1000 cannot write to the workspace, \/etc on .*, which belongs to 0:0 \(drwx/,
    ],
    ['an image without a shell', { image: 'testbed/pause:1' }, /container from testbed\/pause:1 ended .*127/],
    ['a network that does not exist [row 48]', { network: 'no-such-network' }, /no-such-network/],
    ['a device without a driver', { deviceRequests: [{ Driver: 'none-such', Count: 1, Capabilities: [['gpu']] }] }, /device driver/],
    ['more CPUs than there are [row 49]', { limits: { cpus: 1_000 } }, /CPUs/],
    ['an initCommand that fails', { initCommand: 'echo no such luck >&2; exit 3' }, /exit code 3: no such luck/],
    [
      'an initCommand that is ended by a limit',
      { initCommand: 'echo much; head -c 9000 /dev/zero', limits: { outputBytes: 5_000 } },
      /^initCommand was ended before it had finished: .*5000 bytes/,
    ],
  ];

  it('an image that cannot be pulled: the advice names the checks', async () => {
    const error = { code: 'start-failed', advice: expect.stringMatching(/name.*registry.*docker load/) };
    await expect(containers.provider({ image: '127.0.0.1:9/nobody/nothing:1' }).create()).rejects.toMatchObject(error);
  });

  const unusable: [string, string, RegExp][] = [
    ['a link to nothing', 'dangling', /EEXIST/],
    ['a file', 'given.txt', /is not a directory/],
    ['below a file', 'given.txt/below', /ENOTDIR/],
  ];

  it.each(unusable)('a workDir that is %s', async (_, name, reason) => {
    await symlink('missing', join(directory, 'dangling')).catch(() => {});
    const workDir = join(directory, name);
    const message = expect.stringMatching(new RegExp(`workDir ${workDir} .*${reason.source}`));
    await expect(containers.provider({ workDir }).create()).rejects.toMatchObject({ name: 'SandpodError', code: 'start-failed', message });
  });

  it.runIf(process.platform === 'linux')('a workDir in which no directory can be created', async () => {
    await expect(containers.provider({ workDir: '/proc/sandpod/deep' }).create()).rejects.toMatchObject({ code: 'start-failed' });
  });

  it.each(refused)('%s', async (_, options, reason) => {
    const startedMs = performance.now();
    const error = await containers
      .provider(options)
      .create()
      .then(
        () => undefined,
        (caught: unknown) => caught,
      );
    expect(error).toMatchObject({ name: 'SandpodError', code: 'start-failed', message: expect.stringMatching(reason) });
    expect(performance.now() - startedMs).toBeLessThan(10_000);
  });
});
