import type { LibraryAddition } from './library-addition.ts';

/**
 * Functions of `posix` that the C library lacks or implements incorrectly. The start-up code installs them before `os` copies the
 * names.
 *
 * WASI has no permission bits. The host passes them to this code in the upper half of the device number. This code passes them to
 * the host by creating private links.
 */
export const POSIX_ADDITION: LibraryAddition = {
  module: '_sandpod_posix',
  isAfterOriginal: false,
  code: `
import errno
import posix
from posix import stat_result as _Stat, symlink as _symlink, readlink as _readlink

_LINKS = '/usr/local/lib/sandpod/'
_original = {name: getattr(posix, name) for name in ('stat', 'lstat', 'fstat', 'scandir', 'open', 'mkdir', 'chmod')}
_raw_scandir = _original['scandir']
_umask = 0o022
_USER = 1000

def _stat_of(raw):
    _, (seen, hidden) = raw.__reduce__()
    hidden['st_blksize'] = 4096
    hidden['st_blocks'] = -(-seen[6] // 4096) * 8
    return _Stat((seen[0] | seen[2] >> 32, seen[1], seen[2] & 0xffffffff, seen[3], _USER, _USER) + seen[6:], hidden)

def stat(path, *, dir_fd=None, follow_symlinks=True):
    return _stat_of(_original['stat'](path, dir_fd=dir_fd, follow_symlinks=follow_symlinks))

def lstat(path, *, dir_fd=None):
    return _stat_of(_original['lstat'](path, dir_fd=dir_fd))

def fstat(fd):
    return _stat_of(_original['fstat'](fd))

class DirEntry:
    __slots__ = ('_entry', 'name', 'path', '__weakref__')
    __module__ = 'posix'
    def __init__(self, entry):
        self._entry, self.name, self.path = entry, entry.name, entry.path
    def stat(self, *, follow_symlinks=True):
        return _stat_of(self._entry.stat(follow_symlinks=follow_symlinks))
    def is_dir(self, *, follow_symlinks=True):
        return self._entry.is_dir(follow_symlinks=follow_symlinks)
    def is_file(self, *, follow_symlinks=True):
        return self._entry.is_file(follow_symlinks=follow_symlinks)
    def is_symlink(self):
        return self._entry.is_symlink()
    def is_junction(self):
        return False
    def inode(self):
        return self._entry.inode()
    def __fspath__(self):
        return self.path
    def __repr__(self):
        return f'<DirEntry {self.name!r}>'

class ScandirIterator:
    def __init__(self, entries):
        self._entries = entries
    def __iter__(self):
        return self
    def __next__(self):
        return DirEntry(next(self._entries))
    def __enter__(self):
        return self
    def __exit__(self, *error):
        self._entries.close()
    def close(self):
        self._entries.close()

def scandir(path=None):
    return ScandirIterator(_raw_scandir(path))

def umask(mask, /):
    global _umask
    previous, _umask = _umask, mask & 0o777
    _symlink(str(_umask), _LINKS + 'umask')
    return previous

def open(path, flags, mode=0o777, *, dir_fd=None):
    if flags & posix.O_CREAT:
        _symlink(str(mode & ~_umask), _LINKS + 'mode')
    return _original['open'](path, flags, mode, dir_fd=dir_fd)

def mkdir(path, mode=0o777, *, dir_fd=None):
    _symlink(str(mode & ~_umask), _LINKS + 'mode')
    _original['mkdir'](path, mode, dir_fd=dir_fd)

def chmod(path, mode, *, dir_fd=None, follow_symlinks=True):
    if isinstance(path, int) or dir_fd is not None:
        raise OSError(errno.ENOTSUP, 'The sandbox can change the mode of a file only by its path')
    name = posix.fspath(path)
    text = name.decode('utf-8', 'surrogateescape') if isinstance(name, bytes) else name
    if not follow_symlinks and (_original['lstat'](name).st_mode & 0o170000) == 0o120000:
        raise NotImplementedError('chmod: follow_symlinks unavailable on this platform')
    _original['stat'](name)
    _symlink(f"{mode & 0o7777} {text if text.startswith('/') else posix.getcwd() + '/' + text}", _LINKS + 'chmod')

def statvfs(path):
    _original['stat'](path)
    total, used, names, used_names = (int(part) for part in _readlink(_LINKS + 'space').split())
    blocks, free = total // 4096, (total - used) // 4096
    return posix.statvfs_result((4096, 4096, blocks, free, free, names, names - used_names, names - used_names, 0, 255))

def pipe():
    for number in range(1 << 30):
        path = f'/tmp/.pipe-{number}'
        try:
            writer = _original['open'](path, posix.O_WRONLY | posix.O_CREAT | posix.O_EXCL | posix.O_APPEND)
        except FileExistsError:
            continue
        reader = _original['open'](path, posix.O_RDONLY)
        posix.unlink(path)
        return reader, writer

def pipe2(flags, /):
    return pipe()

class uname_result(tuple):
    __module__ = 'posix'
    __slots__ = ()
    def __repr__(self):
        fields = zip(('sysname', 'nodename', 'release', 'version', 'machine'), self)
        return f"posix.uname_result({', '.join(f'{name}={value!r}' for name, value in fields)})"
    sysname = property(lambda self: self[0])
    nodename = property(lambda self: self[1])
    release = property(lambda self: self[2])
    version = property(lambda self: self[3])
    machine = property(lambda self: self[4])

def uname():
    return uname_result(('Linux', 'sandpod', '0.0.0', 'sandpod', 'wasm32'))

def getuid():
    return _USER
geteuid = getgid = getegid = getuid

def getgroups():
    return [_USER]

def getppid():
    return 1

def getrandom(size, flags=0):
    return posix.urandom(size)

def sched_getaffinity(pid, /):
    return {0}

def sync():
    pass

def get_terminal_size(fd=1, /):
    raise OSError(errno.ENOTTY, 'Inappropriate ioctl for device')

def ttyname(fd, /):
    raise OSError(errno.ENOTTY, 'Inappropriate ioctl for device')

def getlogin():
    raise OSError(errno.ENOTTY, 'Inappropriate ioctl for device')

def install():
    for name, value in list(globals().items()):
        if not name.startswith('_') and name not in ('errno', 'posix', 'install'):
            setattr(posix, name, value)
`,
};
