/** Start-up code, run by `site` before the program: its names begin with an underscore to stay out of the way. */
export const START_MODULE = `
import sys as _sys
import posix as _posix

_LINKS = '/usr/local/lib/sandpod/'
_NO_SPACE = 51
# Given back when memory has run out, so that the end can still be reported.
_reserve = bytearray(65536)


def _report_and_print(kind, value, traceback, _print=_sys.__excepthook__, _symlink=_posix.symlink):
    global _reserve
    _reserve = None
    if issubclass(kind, MemoryError):
        _symlink('memory', '/usr/local/lib/sandpod/limit')
    elif issubclass(kind, OSError) and value.errno == _NO_SPACE:
        _symlink('disk', '/usr/local/lib/sandpod/limit')
    _print(kind, value, traceback)


def _start():
    _posix.chdir(_posix.readlink(_LINKS + 'cwd'))
    try:
        _sys.argv[0] = _posix.readlink(_LINKS + 'script')
    except OSError:
        pass
    _sys.excepthook = _report_and_print


_start()
`;
