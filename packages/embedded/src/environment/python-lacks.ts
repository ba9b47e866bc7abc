import { type LackGroup, words } from './listed-lacks.ts';
import * as reasons from './reasons.ts';

/** Modules of the standard library that this build lacks. The message of a failed import contains the reason. */
export const ABSENT_PYTHON_MODULES: readonly LackGroup[] = [
  { reason: reasons.NO_LIBRARIES, names: ['ctypes'] },
  { reason: 'the sandbox has no LZMA compression', names: ['_lzma', 'lzma'], instead: 'Use zlib, gzip or bz2.' },
  { reason: reasons.NO_NETWORK, names: ['ssl'], instead: reasons.INSTEAD_OF_NETWORK },
  { reason: reasons.NO_SYSTEM, names: words('mmap fcntl resource syslog spwd nis ossaudiodev') },
  { reason: reasons.NO_TERMINAL, names: words('termios tty pty readline rlcompleter curses') },
  {
    reason: reasons.NO_PROCESSES,
    names: words('multiprocessing concurrent.futures.process venv'),
    instead: 'Call functions one after another.',
  },
  { reason: reasons.NO_PACKAGES, names: ['ensurepip'] },
  {
    reason: reasons.NO_SCREEN,
    names: words('webbrowser antigravity tkinter idlelib turtle turtledemo'),
    instead: 'Write pictures as SVG files.',
  },
  { reason: reasons.NOT_INCLUDED, names: words('lib2to3 pydoc_data uu xdrlib') },
];

/** Modules that exist only on Windows, and internal modules of CPython that belong to missing modules. */
export const ABSENT_INTERNAL_MODULES: readonly LackGroup[] = [
  { reason: 'it exists only on Windows', names: words('msilib msvcrt nt winreg winsound _msi _overlapped _winapi') },
  {
    reason: 'it is an internal module of Python that this build lacks',
    names: words(
      '_aix_support _ctypes _curses _curses_panel _dbm _gdbm _hashlib _multiprocessing _osx_support _posixshmem _posixsubprocess _pydecimal _pyio _scproxy _ssl _tkinter _uuid',
    ),
  },
];

const STANDARD_ONLY = 'Python has only its standard library here';

/** Packages that programs often import. `*` stands for every other package. */
export const ABSENT_PYTHON_PACKAGES: readonly LackGroup[] = [
  { reason: STANDARD_ONLY, names: words('numpy scipy sympy sklearn'), instead: 'Use lists, math, statistics and fractions.' },
  { reason: STANDARD_ONLY, names: words('pandas polars'), instead: 'Use csv, statistics and sqlite3.' },
  { reason: STANDARD_ONLY, names: words('matplotlib seaborn plotly PIL cv2'), instead: 'Write pictures as SVG files.' },
  { reason: STANDARD_ONLY, names: words('bs4 lxml'), instead: 'Use html.parser or xml.etree.ElementTree.' },
  { reason: STANDARD_ONLY, names: words('yaml'), instead: 'Use json, or the command yq in an sh block.' },
  { reason: STANDARD_ONLY, names: words('openpyxl docx xlsxwriter'), instead: 'Use zipfile and xml.etree.ElementTree on such files.' },
  { reason: STANDARD_ONLY, names: words('pytest'), instead: 'Use unittest.' },
  { reason: STANDARD_ONLY, names: words('dateutil pytz'), instead: 'Use datetime and zoneinfo.' },
  { reason: reasons.NO_NETWORK, names: words('requests httpx aiohttp'), instead: reasons.INSTEAD_OF_NETWORK },
  {
    reason: STANDARD_ONLY,
    names: words('pip setuptools *'),
    instead: 'Use the standard library or your own files; nothing can be installed.',
  },
];

/** Functions that are missing, by module. The message of the error contains the reason. */
export const ABSENT_PYTHON_FUNCTIONS: Readonly<Record<'os' | 'signal', readonly LackGroup[]>> = {
  os: [
    {
      reason: reasons.NO_PROCESSES,
      names: words(
        'fork forkpty posix_spawn posix_spawnp execv execve wait wait3 wait4 waitid waitpid spawnl spawnle spawnlp spawnlpe spawnv spawnve spawnvp spawnvpe nice getpgid getpgrp setsid waitstatus_to_exitcode WIFEXITED WEXITSTATUS WIFSIGNALED WTERMSIG setpgid getsid setpgrp register_at_fork',
      ),
    },
    { reason: reasons.NO_SIGNALS, names: words('kill killpg') },
    {
      reason: reasons.NO_SYSTEM,
      names: words(
        'chown fchown lchown fchmod fchdir chroot dup2 mkfifo mknod openpty sendfile eventfd memfd_create setuid setgid seteuid setegid setgroups getloadavg lockf sched_setaffinity getpriority setpriority getxattr setxattr listxattr removexattr copy_file_range fstatvfs',
      ),
    },
  ],
  signal: [
    {
      reason: reasons.NO_SIGNALS,
      names: words('alarm setitimer getitimer pause pthread_kill pthread_sigmask sigwait sigpending sigtimedwait'),
    },
  ],
};
