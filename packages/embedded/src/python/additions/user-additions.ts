import type { LibraryAddition } from './library-addition.ts';

/** The only user of the sandbox, with the same data that the shell's `id` prints. */
export const PWD_ADDITION: LibraryAddition = {
  module: 'pwd',
  isAfterOriginal: false,
  code: `
from collections import namedtuple
struct_passwd = namedtuple('struct_passwd', 'pw_name pw_passwd pw_uid pw_gid pw_gecos pw_dir pw_shell')
struct_passwd.__module__ = 'pwd'
_user = struct_passwd('sandbox', 'x', 1000, 1000, '', '/home/sandbox', '/bin/bash')

def getpwnam(name, /):
    if name == _user.pw_name:
        return _user
    raise KeyError(f'getpwnam(): name not found: {name!r}')

def getpwuid(uid, /):
    if uid == _user.pw_uid:
        return _user
    raise KeyError(f'getpwuid(): uid not found: {uid}')

def getpwall():
    return [_user]
`,
};

export const GRP_ADDITION: LibraryAddition = {
  module: 'grp',
  isAfterOriginal: false,
  code: `
from collections import namedtuple
struct_group = namedtuple('struct_group', 'gr_name gr_passwd gr_gid gr_mem')
struct_group.__module__ = 'grp'
_group = struct_group('sandbox', 'x', 1000, [])

def getgrnam(name):
    if name == _group.gr_name:
        return _group
    raise KeyError(f'getgrnam(): name not found: {name!r}')

def getgrgid(id):
    if id == _group.gr_gid:
        return _group
    raise KeyError(f'getgrgid(): gid not found: {id}')

def getgrall():
    return [_group]
`,
};
