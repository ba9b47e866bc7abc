import type { LibraryAddition } from './library-addition.ts';

/** Defines the missing socket functions. They fail with "no network". */
export const SOCKET_ADDITION: LibraryAddition = {
  module: 'socket',
  isAfterOriginal: true,
  code: `

def _no_network(*args, **options):
    raise OSError(errno.ENETUNREACH, 'The sandbox has no network')


def _no_names(*args, **options):
    raise gaierror(errno.ENETUNREACH, 'The sandbox has no network')


socket.__init__ = socketpair = create_connection = create_server = fromfd = _no_network
getaddrinfo = gethostbyname = gethostbyname_ex = gethostbyaddr = getnameinfo = _no_names


def gethostname():
    return 'sandbox'
`,
};

/** Makes https requests fail with "no network". Without ssl, CPython reports https as an unknown URL type. */
export const URLLIB_ADDITION: LibraryAddition = {
  module: 'urllib/request',
  isAfterOriginal: true,
  code: `

class UnknownHandler(UnknownHandler):
    def unknown_open(self, req):
        if req.type == 'https':
            raise URLError('The sandbox has no network')
        return super().unknown_open(req)
`,
};
