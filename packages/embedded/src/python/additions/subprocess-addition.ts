import type { LibraryAddition } from './library-addition.ts';

/** Makes every attempt to start a process fail with an error that explains the reason. */
export const SUBPROCESS_ADDITION: LibraryAddition = {
  module: 'subprocess',
  isAfterOriginal: true,
  code: `

def _no_processes(self, *args, **options):
    raise OSError(errno.ENOTSUP, 'The sandbox cannot start other programs')


Popen.__init__ = _no_processes
`,
};
