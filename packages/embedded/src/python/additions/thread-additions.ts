import type { LibraryAddition } from './library-addition.ts';

/** Replaces a module that this build of CPython lacks. The replacement raises the same error as an attempt to start a thread. */
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

/** Adds the same reason to the error that `threading.Thread` raises. */
export const THREADING_ADDITION: LibraryAddition = {
  module: 'threading',
  isAfterOriginal: true,
  code: `
def _start_new_thread(*args, **options):
    raise RuntimeError("can't start new thread: the sandbox has one thread only")
`,
};
