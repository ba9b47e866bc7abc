import type { LibraryAddition } from './library-addition.ts';

/**
 * Event loops without the socket pair that usually wakes them. Nothing in a sandbox could wake them, because a sandbox has no
 * threads, sockets or signals.
 */
export const ASYNCIO_ADDITION: LibraryAddition = {
  module: 'asyncio/unix_events',
  isAfterOriginal: true,
  code: `

class _SleepingSelector(selectors._BaseSelectorImpl):
    def select(self, timeout=None):
        if timeout is None:
            raise RuntimeError('The event loop waits for something that cannot happen: nothing is scheduled, '
                               'and the sandbox has no threads, sockets or processes')
        if timeout > 0:
            import time
            time.sleep(timeout)
        return []


class _SandboxLoop:
    def __init__(self, selector=None):
        selector_events.BaseSelectorEventLoop.__init__(self, selector or _SleepingSelector())
        self._signal_handlers = {}
        self._unix_server_sockets = {}

    def _make_self_pipe(self):
        pass

    def _close_self_pipe(self):
        pass

    def _write_to_self(self):
        pass

    def add_signal_handler(self, sig, callback, *args):
        raise NotImplementedError('The sandbox has no signals')

    async def subprocess_exec(self, *args, **options):
        raise OSError(errno.ENOTSUP, 'The sandbox cannot start other programs')

    subprocess_shell = subprocess_exec

    async def getaddrinfo(self, *args, **options):
        raise OSError(errno.ENETUNREACH, 'The sandbox has no network')

    getnameinfo = create_server = create_connection = create_datagram_endpoint = getaddrinfo


for _name, _value in vars(_SandboxLoop).items():
    if not _name.startswith('__') or _name == '__init__':
        setattr(_UnixSelectorEventLoop, _name, _value)
del _name, _value, _SandboxLoop
`,
};
