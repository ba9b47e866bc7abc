import type { LibraryAddition } from './library-addition.ts';

const LIBRARIES = 'the sandbox cannot load C libraries';
const SYSTEM = 'the sandbox has no operating system';
const TERMINAL = 'the sandbox has no terminal';
const PROCESSES = 'the sandbox cannot start other programs';
const SCREEN = 'the sandbox has no screen';

const REASONS: Readonly<Record<string, string>> = {
  ctypes: LIBRARIES,
  _lzma: 'the sandbox has no LZMA compression',
  ssl: 'the sandbox has no network',
  mmap: SYSTEM,
  fcntl: SYSTEM,
  resource: SYSTEM,
  syslog: SYSTEM,
  spwd: SYSTEM,
  termios: TERMINAL,
  readline: TERMINAL,
  curses: TERMINAL,
  multiprocessing: PROCESSES,
  'concurrent.futures.process': PROCESSES,
  ensurepip: 'the sandbox has no package index',
  venv: PROCESSES,
  webbrowser: SCREEN,
  tkinter: SCREEN,
  turtle: SCREEN,
};

/** Modules of the standard library that this build lacks. Importing such a module fails as usual, and the message contains the reason. */
export const ABSENT_MODULES: readonly LibraryAddition[] = Object.entries(REASONS).map(([module, reason]) => ({
  module: module.replaceAll('.', '/'),
  isAfterOriginal: false,
  code: `raise ModuleNotFoundError("No module named '${module}': ${reason}", name='${module}')`,
}));
