import type { LibraryAddition } from './library-addition.ts';

/** Replaces a module that this build of CPython leaves out. It raises the error that starting a thread raises. */
export const THREAD_POOL_ADDITION: LibraryAddition = {
  module: 'concurrent/futures/thread',
  isAfterOriginal: false,
  code: `
class BrokenThreadPool(RuntimeError):
    pass


class ThreadPoolExecutor:
    def __init__(self, *args, **options):
        raise RuntimeError("can't start new thread: the sandbox has one thread only")
`,
};

/** The same reason for `threading.Thread`. */
export const THREADING_ADDITION: LibraryAddition = {
  module: 'threading',
  isAfterOriginal: true,
  code: `
def _start_new_thread(*args, **options):
    raise RuntimeError("can't start new thread: the sandbox has one thread only")
`,
};
