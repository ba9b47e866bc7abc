import type { LibraryAddition } from './library-addition.ts';

const PROCESSES = 'the sandbox cannot start other programs';
const SIGNALS = 'the sandbox has no signals';
const SYSTEM = 'the sandbox has no operating system';

const REASONS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  os: {
    [PROCESSES]: [
      ...['fork', 'forkpty', 'posix_spawn', 'posix_spawnp', 'execv', 'execve', 'wait', 'wait3', 'wait4', 'waitid', 'waitpid'],
      ...['spawnl', 'spawnle', 'spawnlp', 'spawnlpe', 'spawnv', 'spawnve', 'spawnvp', 'spawnvpe', 'nice', 'getpgid', 'getpgrp', 'setsid'],
      ...[
        'waitstatus_to_exitcode',
        'WIFEXITED',
        'WEXITSTATUS',
        'WIFSIGNALED',
        'WTERMSIG',
        'setpgid',
        'getsid',
        'setpgrp',
        'register_at_fork',
      ],
    ],
    [SIGNALS]: ['kill', 'killpg'],
    [SYSTEM]: [
      ...[
        'chown',
        'fchown',
        'lchown',
        'fchmod',
        'fchdir',
        'chroot',
        'dup2',
        'mkfifo',
        'mknod',
        'openpty',
        'sendfile',
        'eventfd',
        'memfd_create',
      ],
      ...['setuid', 'setgid', 'seteuid', 'setegid', 'setgroups', 'getloadavg', 'lockf', 'sched_setaffinity', 'getpriority', 'setpriority'],
      ...['getxattr', 'setxattr', 'listxattr', 'removexattr', 'copy_file_range', 'fstatvfs'],
    ],
  },
  signal: {
    [SIGNALS]: ['alarm', 'setitimer', 'getitimer', 'pause', 'pthread_kill', 'pthread_sigmask', 'sigwait', 'sigpending', 'sigtimedwait'],
  },
};

/**
 * Returns the code of the function that Python calls for a missing name. `os` is built into the interpreter, so the start-up code
 * adds the function to `os`.
 */
const missingNameOf = (module: string, reasons: Readonly<Record<string, readonly string[]>>): string => `
def __getattr__(name, _reasons=${JSON.stringify(reasons)}):
    reason = next((f': {reason}' for reason, names in _reasons.items() if name in names), '')
    raise AttributeError(f"module '${module}' has no attribute {name!r}{reason}", name=name)
`;

/** Functions of the standard library that this build lacks. `hasattr` is false for them, and the error message contains the reason. */
export const ABSENT_NAMES: readonly LibraryAddition[] = [
  { module: 'signal', isAfterOriginal: true, code: missingNameOf('signal', REASONS['signal'] ?? {}) },
  { module: '_sandpod_os', isAfterOriginal: false, code: missingNameOf('os', REASONS['os'] ?? {}) },
];
