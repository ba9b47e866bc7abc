import type { Finding } from '../backend/finding.ts';
import type { Sandbox } from '../contract/sandbox.ts';

/**
 * Prints the tested features that a program can use. If a filter blocks them, the calls fail with EPERM or ENOSYS. If the kernel has no
 * VSOCK, the call fails with EAFNOSUPPORT. The system call io_uring_setup has the number 425 on every architecture. If it is called with a
 * null pointer, it does nothing.
 */
const PROBE = `
import ctypes, errno, socket
libc = ctypes.CDLL(None, use_errno=True)
if libc.syscall(425, 1, None) >= 0 or ctypes.get_errno() not in (errno.EPERM, errno.EACCES, errno.ENOSYS):
    print("io_uring")
try:
    socket.socket(40, socket.SOCK_STREAM).close()
    print("VSOCK sockets")
except OSError:
    pass
print("tested")
`;

const PROBE_MS = 10_000;
const SUBJECT = 'system calls';

/**
 * Tests whether programs can use io_uring and AF_VSOCK, which the default seccomp profiles of older platforms permit. The
 * finding contains `advice` if they can.
 */
export async function probeSystemCalls(sandbox: Pick<Sandbox, 'run'>, { advice }: { readonly advice: string }): Promise<Finding> {
  const outcome = await sandbox.run({ argv: ['python3', '-Ic', PROBE], timeoutMs: PROBE_MS }).catch(() => undefined);
  const [...found] = outcome?.stdout.split('\n').filter(Boolean) ?? [];
  if (found.pop() !== 'tested') {
    const message = 'Could not test whether programs can use io_uring and VSOCK sockets, because the image has no python3.';
    return { subject: SUBJECT, state: 'warning', message, advice: 'Use an image with python3 for the test.' };
  }
  if (found.length === 0) return { subject: SUBJECT, state: 'ok', message: 'Programs can use neither io_uring nor VSOCK sockets.' };
  const message = `Programs can use ${found.join(' and ')}: the seccomp profile permits more system calls than they need.`;
  return { subject: SUBJECT, state: 'warning', message, advice };
}
