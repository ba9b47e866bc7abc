import assert from 'node:assert/strict';
import type { SandboxContext } from '../sandbox-context.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

/** Commands that the kernel must refuse. Do not run them in a guest with capabilities, because one of them reboots the machine. */
const REFUSED = ['mount -t tmpfs none /mnt', 'unshare -U true', 'echo b > /proc/sysrq-trigger', 'echo x > /proc/sys/kernel/core_pattern'];

/** Calls bpf and keyctl by their system call numbers on x86-64 and AArch64. */
const SYSTEM_CALLS = `import ctypes, platform
libc = ctypes.CDLL(None)
print([libc.syscall(number, 0, 1, 0, 0) for number in ((321, 250) if platform.machine() == "x86_64" else (280, 219))])`;

const OPEN_FILES = `files = []
try:
    while len(files) < 2_000_000: files.append(open("/dev/null"))
except OSError as error: print(error.errno)`;

const HOST_THINGS =
  '/var/run/docker.sock /run/docker.sock /run/containerd /run/crio /dev/sda* /dev/vda* /dev/nvme* /dev/mem /dev/kmsg /dev/fuse';

/** Tests that a guest cannot misuse the kernel that it shares with other guests and the host. */
export const kernelSurfaceTheme: SandboxTheme = {
  name: 'kernel surface',
  tests: [
    {
      name: 'mounts, new namespaces and writes to the kernel are refused, and the run continues [row 3]',
      needs: ['real-kernel'],
      body: async (context) => {
        const sandbox = await withoutCapabilities(context);
        for (const command of REFUSED) assert.notEqual((await sandbox.run({ command })).exitCode, 0, command);
        assert.equal((await sandbox.run({ command: 'echo on' })).stdout, 'on\n');
      },
    },
    {
      name: 'bpf and keyctl are refused [row 3]',
      needs: ['real-kernel', 'python'],
      body: async (context) => {
        const sandbox = await withoutCapabilities(context);
        assert.equal((await sandbox.run({ argv: ['python3', '-c', SYSTEM_CALLS] })).stdout, '[-1, -1]\n');
      },
    },
    {
      name: 'there is no engine socket, no host device and no kernel memory [row 4]',
      needs: ['real-kernel'],
      body: async (context) => {
        const sandbox = await withoutCapabilities(context);
        assert.equal((await sandbox.run({ command: `ls -d ${HOST_THINGS} 2>/dev/null` })).stdout, '');
        assert.equal((await sandbox.run({ command: 'head -c 1 /proc/kcore 2>/dev/null | wc -c' })).stdout.trim(), '0');
      },
    },
    {
      name: 'the number of open files is limited inside the guest, and the sandbox keeps working [row 34]',
      needs: ['real-kernel', 'python'],
      body: async (context) => {
        const sandbox = await context.fresh();
        const TOO_MANY_FILES = '24\n';
        assert.equal((await sandbox.run({ argv: ['python3', '-c', OPEN_FILES], timeoutMs: 20_000 })).stdout, TOO_MANY_FILES);
        assert.equal((await sandbox.run({ command: 'echo on' })).stdout, 'on\n');
      },
    },
  ],
};

/** Returns the shared sandbox. Fails if its guest has capabilities or is root, so that no test tries anything dangerous there. */
async function withoutCapabilities(context: SandboxContext): ReturnType<SandboxContext['shared']> {
  const sandbox = await context.shared();
  const { stdout } = await sandbox.run({ command: 'cat /proc/self/status; echo "uid $(id -u)"' });
  assert.match(stdout, /^CapEff:\s*0+$/m);
  assert.match(stdout, /^uid [1-9]\d*$/m);
  return sandbox;
}
