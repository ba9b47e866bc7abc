import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { DockerSandbox } from '../src/index.ts';
import { BUSYBOX, docker, SLIM, TestContainers } from './fixtures/test-docker.ts';

const containers = new TestContainers('hardening');
const SPOILED = 'conformance/spoiled:1';

afterEach(async () => expect(await containers.leftAfter(5_000)).toEqual([]));

/** An image whose settings contradict those of sandpod. */
async function buildSpoiledImage(): Promise<void> {
  const base = await docker.createContainer({ Image: BUSYBOX, Cmd: ['true'] });
  const changes = [
    'USER root',
    'VOLUME /data',
    'ENTRYPOINT ["/bin/false"]',
    'CMD ["nothing"]',
    'WORKDIR /root',
    'HEALTHCHECK --interval=1s CMD touch /tmp/checked',
    'ENV KEPT=yes',
  ];
  await base.commit({ repo: 'conformance/spoiled', tag: '1', changes: changes.join('\n') });
  await base.remove();
}

async function shell(sandbox: DockerSandbox, command: string): Promise<string> {
  const { stdout, stderr } = await sandbox.run({ command, timeoutMs: 30_000 });
  return stdout + stderr;
}

describe('a hardened container', () => {
  it.each([SLIM, BUSYBOX])('from %s runs a shell command as user 1000 in the workspace', async (image) => {
    await using sandbox = await containers.provider({ image }).create();
    expect(await shell(sandbox, 'id -u; pwd; touch made && ls')).toBe('1000\n/workspace\nmade\n');
  });

  it('has no foreign process and only its own loopback [rows 6, 7]', async () => {
    await using sandbox = await containers.provider({ image: SLIM }).create();
    expect(await shell(sandbox, 'ls /sys/class/net')).toBe('lo\n');
    expect(await shell(sandbox, 'cat /proc/1/comm')).toMatch(/^(docker-init|tini|sleep)\n$/);
  });

  it('with the strict seccomp profile has neither io_uring, ptrace nor VSOCK, and programs work', async () => {
    await using sandbox = await containers.provider({ image: SLIM, seccompProfile: 'strict' }).create();
    const probe = [
      'import ctypes, socket, subprocess, threading',
      'libc = ctypes.CDLL(None, use_errno=True)',
      'code = lambda *args: (libc.syscall(*args), ctypes.get_errno())[1]',
      'print(code(425, 1, None), code(101, 0, 0, 0, 0))',
      'try: socket.socket(40, socket.SOCK_STREAM)',
      'except OSError as error: print(error.errno)',
      'threading.Thread(target=lambda: print(subprocess.run(["echo", "fine"], capture_output=True).stdout)).start()',
    ].join('\n');
    expect(await sandbox.run({ argv: ['python3', '-c', probe], timeoutMs: 20_000 })).toMatchObject({ stdout: "1 1\n1\nb'fine\\n'\n" });
  });

  it('does not let a program trace process 1 [row 3]', async () => {
    await using sandbox = await containers.provider({ image: SLIM }).create();
    const ATTACH = 16;
    const probe = `import ctypes; print(ctypes.CDLL(None).ptrace(${ATTACH}, 1, 0, 0))`;
    expect((await sandbox.run({ argv: ['python3', '-c', probe] })).stdout).toBe('-1\n');
  });

  it('limits /tmp, /dev/shm and the workspace [row 32]', async () => {
    await using sandbox = await containers.provider({ limits: { workspaceBytes: 8 * 1024 * 1024 } }).create();
    const sizes = await shell(sandbox, "df -k /tmp /dev/shm /workspace | awk 'NR>1 {print $2}'");
    expect(sizes).toBe('65536\n65536\n8192\n');
    expect(await shell(sandbox, 'head -c 9000000 /dev/zero 2>/dev/null > big; echo $?; rm big; echo clean > small && cat small')).toMatch(
      /1\nclean\n$/,
    );
  });

  it.each(['1000', '65534'])('does not let a program of user %s stop the keeper', async (user) => {
    await using sandbox = await containers.provider({ user, expiresInMs: 5_000 }).create();
    const stop = 'for p in 1 $(grep -lx sleep /proc/[0-9]*/comm | cut -d/ -f3); do kill -STOP $p; kill -KILL $p; done; echo on';
    const shown = await shell(sandbox, stop);
    expect(shown).toMatch(/^on\n/);
    expect(shown.match(/not permitted/gi)?.length).toBe(4);
    expect(await sandbox.lost).toMatch(/expired/);
  });

  it('answers while a fork bomb runs in a neighbor [row 28]', async () => {
    const provider = containers.provider({ limits: { processes: 64 } });
    await using bombed = await provider.create();
    await using neighbour = await provider.create();
    const bomb = bombed.run({ command: 'b() { b | b & }; b; while :; do :; done', timeoutMs: 3_000 });
    bomb.catch(() => {});
    expect(await shell(neighbour, 'echo here')).toBe('here\n');
    await expect(bomb).rejects.toMatchObject({ outcome: 'timeout' });
  });

  it('reaps orphans [row 29]', async () => {
    await using sandbox = await containers.provider({ image: BUSYBOX }).create();
    const count = 'ls -d /proc/[0-9]* | wc -l';
    const before = Number(await shell(sandbox, count));
    await shell(sandbox, 'i=0; while [ $i -lt 300 ]; do (true &); i=$((i+1)); done');
    await expect.poll(async () => Number(await shell(sandbox, count)) - before, { timeout: 20_000, interval: 500 }).toBeLessThan(10);
  });
});

describe('an image with settings of its own [row 2]', () => {
  afterAll(() => docker.getImage(SPOILED).remove({ force: true }));

  it('does not override the user, command, volumes, health check and working directory', async () => {
    await buildSpoiledImage();
    await using sandbox = await containers.provider({ image: SPOILED }).create();
    expect(await shell(sandbox, 'id -u; pwd; echo $KEPT')).toBe('1000\n/workspace\nyes\n');
    expect(await shell(sandbox, "df -k /data | awk 'NR>1 {print $1, $2}'")).toBe('tmpfs 65536\n');
    const { Mounts, Config, HostConfig } = await docker.getContainer(sandbox.containerId).inspect();
    expect(Mounts.filter(({ Type }) => Type === 'volume')).toEqual([]);
    expect(Config.Healthcheck?.Test).toEqual(['NONE']);
    expect(HostConfig).toMatchObject({ Privileged: false, ReadonlyRootfs: true, NetworkMode: 'none', CapDrop: ['ALL'], AutoRemove: true });
    expect(HostConfig.MaskedPaths).toContain('/proc/kcore');
  });
});
