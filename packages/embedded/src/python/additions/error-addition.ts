import type { LibraryAddition } from './library-addition.ts';

/**
 * Makes Python errors use the numbers and messages of Linux. The interpreter was compiled with the numbers of WASI, which are different.
 *
 * The interpreter chooses the class for `OSError(number, …)` from a table, to which the host gives this code access. The code replaces each
 * class in the table with a subclass of the same name, which translates errors from the C library.
 */
export const ERROR_ADDITION: LibraryAddition = {
  module: '_sandpod_errors',
  isAfterOriginal: false,
  code: `
import errno
import posix

_NUMBERS = dict(zip((
    'EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES EFAULT ENOTBLK EBUSY EEXIST EXDEV ENODEV '
    'ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE EDEADLK ENAMETOOLONG '
    'ENOLCK ENOSYS ENOTEMPTY ELOOP').split(), range(1, 41)))
_NUMBERS.update(zip(
    'ENOTSOCK EDESTADDRREQ EMSGSIZE EPROTOTYPE ENOPROTOOPT EPROTONOSUPPORT ESOCKTNOSUPPORT ENOTSUP EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE '
    'EADDRNOTAVAIL ENETDOWN ENETUNREACH ENETRESET ECONNABORTED ECONNRESET ENOBUFS EISCONN ENOTCONN ESHUTDOWN ETOOMANYREFS ETIMEDOUT '
    'ECONNREFUSED EHOSTDOWN EHOSTUNREACH EALREADY EINPROGRESS ESTALE'.split(), range(88, 117)))
_NUMBERS.update(ENOMSG=42, EIDRM=43, ENOLINK=67, EPROTO=71, EMULTIHOP=72, EBADMSG=74, EOVERFLOW=75, EILSEQ=84, EDQUOT=122,
    ECANCELED=125, EOWNERDEAD=130, ENOTRECOVERABLE=131, ENOTCAPABLE=1)
_TEXTS = dict(
    EBUSY='Device or resource busy', EXDEV='Invalid cross-device link', ENOTTY='Inappropriate ioctl for device', EIO='Input/output error',
    ENAMETOOLONG='File name too long', ELOOP='Too many levels of symbolic links', ESPIPE='Illegal seek', EMFILE='Too many open files',
    ENOTSUP='Operation not supported', ENETUNREACH='Network is unreachable', ETIMEDOUT='Connection timed out', ENOTCAPABLE='Operation not permitted',
    ECHILD='No child processes', ENOMEM='Cannot allocate memory', EDOM='Numerical argument out of domain', ERANGE='Numerical result out of range',
    ENOEXEC='Exec format error', EILSEQ='Invalid or incomplete multibyte or wide character')
_strerror = posix.strerror
# Maps the number and text of the C library to the number and text of Linux.
_translated = {}
_texts = {}
for _number, _name in list(errno.errorcode.items()):
    _text = _strerror(_number)
    if _name in _NUMBERS:
        _translated[_number, _text] = (_NUMBERS[_name], _TEXTS.get(_name, _text))
        if _name != 'ENOTCAPABLE':
            _texts[_NUMBERS[_name]] = _TEXTS.get(_name, _text)

class _SameAsBase(type):
    def __eq__(cls, other):
        return cls is other or cls.__base__ is other
    def __hash__(cls):
        return hash(cls.__base__)

_classes = {}

def _init(self, *args):
    number, text = _translated.get(args[:2], args[:2]) if type(args[0]) is int else args[:2]
    self.__class__ = _classes.get(number, _plain)
    OSError.__init__(self, number, text, *args[2:])

def _reduce(self):
    kind, *rest = OSError.__reduce__(self)
    return (kind.__base__, *rest)

def _class(base):
    return _SameAsBase(base.__name__, (base,), {
        '__slots__': (), '__module__': 'builtins', '__doc__': base.__doc__, '__init__': _init, '__reduce__': _reduce})

_plain = _class(OSError)

def strerror(code, /):
    return _texts.get(code, f'Unknown error {code}')

def install():
    box = [None]
    posix.symlink(f'{id(FileNotFoundError)} {errno.ENOENT} {id(errno.ENOENT)} {id(dict)} {id(box)}', '/usr/local/lib/sandpod/errors')
    table = box[0]
    if table is None:
        return
    subclasses = {base: _class(base) for base in set(table.values())}
    _classes.update((_NUMBERS[errno.errorcode[number]], subclasses[base]) for number, base in table.items())
    for number in {*_texts, *errno.errorcode}:
        table[number] = _plain
    errno.errorcode.clear()
    for name, number in _NUMBERS.items():
        if name != 'ENOTCAPABLE':
            setattr(errno, name, number)
            errno.errorcode[number] = name
    errno.EWOULDBLOCK, errno.EOPNOTSUPP, errno.EDEADLOCK = errno.EAGAIN, errno.ENOTSUP, errno.EDEADLK
    if hasattr(errno, 'ENOTCAPABLE'):
        del errno.ENOTCAPABLE
    posix.strerror = strerror
`,
};
