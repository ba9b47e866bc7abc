import { renameCompiledFile } from './compiled-file-names.ts';
import { readLibraryArchive } from './library-archive.ts';
import { ASYNCIO_OVERLAY } from './overlays/asyncio-overlay.ts';
import { SOCKET_OVERLAY, URLLIB_OVERLAY } from './overlays/network-overlays.ts';
import { addOverlays } from './overlays/overlay.ts';
import { PIP_MODULE } from './overlays/pip-module.ts';
import { SUBPROCESS_OVERLAY } from './overlays/subprocess-overlay.ts';
import { THREAD_POOL_MODULE } from './overlays/thread-pool-module.ts';
import { LIBRARY_FOLDER, PYTHON_EXECUTABLE, PYTHON_ROOT } from './python-layout.ts';
import { START_MODULE } from './start-module.ts';

const BUILD_FOLDER = '/wlr/build-staging/python/v3.12.0-aio/checkout/Lib/';
const ADDITIONS: Readonly<Record<string, string>> = {
  '_sandpod_start.py': START_MODULE,
  // A line of a .pth file is run by `site`; unlike sitecustomize no folder on PYTHONPATH can take its place.
  'site-packages/sandpod.pth': 'import _sandpod_start\n',
  'pip.py': PIP_MODULE,
  'concurrent/futures/thread.py': THREAD_POOL_MODULE,
  'lib-dynload/.keep': '',
};
const OVERLAYS = [ASYNCIO_OVERLAY, SOCKET_OVERLAY, SUBPROCESS_OVERLAY, URLLIB_OVERLAY];

/** The files below `PYTHON_ROOT`: the library in the module's memory, and our additions to it. */
export function buildLibrary(memory: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const folder = { from: BUILD_FOLDER, to: `${PYTHON_ROOT}/${LIBRARY_FOLDER}/` };
  for (const [name, bytes] of readLibraryArchive(memory)) files.set(`${LIBRARY_FOLDER}/${name}`, renameCompiledFile(bytes, folder));
  addOverlays(files, { folder: LIBRARY_FOLDER, overlays: OVERLAYS });
  for (const [name, text] of Object.entries(ADDITIONS)) files.set(`${LIBRARY_FOLDER}/${name}`, Buffer.from(text));
  files.set(PYTHON_EXECUTABLE.slice(PYTHON_ROOT.length + 1), new Uint8Array(0));
  return files;
}
