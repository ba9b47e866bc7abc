import type { Overlay } from './overlay.ts';

/** Names the reason why no process starts. */
export const SUBPROCESS_OVERLAY: Overlay = {
  module: 'subprocess',
  code: `

def _no_processes(self, *args, **options):
    raise OSError(errno.ENOTSUP, 'The sandbox cannot start other programs')


Popen.__init__ = _no_processes
`,
};
