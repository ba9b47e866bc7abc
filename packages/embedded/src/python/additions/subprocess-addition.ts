import type { LibraryAddition } from './library-addition.ts';

/** Fails with the reason why no process starts. */
export const SUBPROCESS_ADDITION: LibraryAddition = {
  module: 'subprocess',
  isAfterOriginal: true,
  code: `

def _no_processes(self, *args, **options):
    raise OSError(errno.ENOTSUP, 'The sandbox cannot start other programs')


Popen.__init__ = _no_processes
`,
};
