import type { LibraryAddition } from './library-addition.ts';

/** Start-up code that sets the working directory and reports which limit ended the program. Its names start with an underscore. */
export const START_ADDITION: LibraryAddition = {
  module: '_sandpod_start',
  isAfterOriginal: false,
  code: `
import sys as _sys
import time as _time
import posix as _posix

_LINKS = '/usr/local/lib/sandpod/'
# Freed when memory has run out, so that the error can still be reported.
_reserve = bytearray(2 << 20)


def _report_and_print(kind, value, traceback, _print=_sys.__excepthook__, _symlink=_posix.symlink):
    global _reserve
    _reserve = None
    if issubclass(kind, MemoryError) and not str(value).startswith('Parser stack'):
        _symlink('memory', '/usr/local/lib/sandpod/limit')
    elif issubclass(kind, OSError) and value.errno == 28:
        _symlink('disk', '/usr/local/lib/sandpod/limit')
    _print(kind, value, traceback)


# At greater depths, memory runs out in ways that Python cannot report, and tracebacks take longer than any time limit.
def _setrecursionlimit(limit, /, *, _set=_sys.setrecursionlimit):
    _set(min(limit, 200_000))


def _system(command):
    raise OSError(95, 'The sandbox cannot start other programs')


# Waits for the program, if the interpreter was started before its program came.
def _begin():
    box = bytearray(int(_posix.readlink(_LINKS + 'begin')))
    _posix.symlink(str(id(box)), _LINKS + 'begin')
    import os
    directory, values, arguments, *texts = [os.fsdecode(part) for part in bytes(box).split(b'\\0')]
    values, arguments = int(values), int(arguments)
    _sys.argv[:] = texts[:values]
    _sys.orig_argv[-1:] = texts[values:values + arguments]
    os.environ.clear()
    pairs = iter(texts[values + arguments:])
    os.environ.update(zip(pairs, pairs))
    _posix.chdir(directory)


class _BeforeSite:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == 'site':
            _sys.meta_path.remove(_BeforeSite)
            _begin()


def _start():
    try:
        directory = _posix.readlink(_LINKS + 'cwd')
    except OSError:
        # Up to the module site, the interpreter needs nothing of its program.
        _sys.meta_path.insert(0, _BeforeSite)
    else:
        _posix.chdir(directory)
    try:
        _sys.argv[0] = _posix.readlink(_LINKS + 'script')
    except OSError:
        pass
    _sys.excepthook = _report_and_print
    _sys.setrecursionlimit = _setrecursionlimit
    # Programs use this as the largest number.
    _sys.maxsize = 2**63 - 1
    # This must be set before os copies its names from posix.
    _posix.system = _system
    import _sandpod_errors
    _sandpod_errors.install()
    import _sandpod_posix
    _sandpod_posix.install()
    import _sandpod_time
    _sandpod_time.install()
    import os, _sandpod_os
    os.__getattr__ = _sandpod_os.__getattr__
    # The C library counts processor time a million times too fast.
    _time.process_time = _time.perf_counter
    _time.process_time_ns = _time.perf_counter_ns


_start()
`,
};

/** Python imports this package first, before `site`, regardless of the command-line options. */
export const FIRST_IMPORT_ADDITION: LibraryAddition = {
  module: 'encodings/__init__',
  isAfterOriginal: true,
  code: 'import _sandpod_start',
};
