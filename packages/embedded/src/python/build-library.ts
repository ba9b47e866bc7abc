import { renameCompiledFile } from './compiled-file-names.ts';
import { readLibraryArchive } from './library-archive.ts';
import { LIBRARY_FOLDER, PYTHON_EXECUTABLE, PYTHON_ROOT } from './python-layout.ts';
import { START_MODULE } from './start-module.ts';

const BUILD_FOLDER = '/wlr/build-staging/python/v3.12.0-aio/checkout/Lib/';
const ADDITIONS: Readonly<Record<string, string>> = {
  '_sandpod_start.py': START_MODULE,
  // A line of a .pth file is run by `site`; unlike sitecustomize no folder on PYTHONPATH can take its place.
  'site-packages/sandpod.pth': 'import _sandpod_start\n',
  'lib-dynload/.keep': '',
};

/** The files below `PYTHON_ROOT`: the library in the module's memory, and our additions to it. */
export function buildLibrary(memory: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const folder = { from: BUILD_FOLDER, to: `${PYTHON_ROOT}/${LIBRARY_FOLDER}/` };
  for (const [name, bytes] of readLibraryArchive(memory)) files.set(`${LIBRARY_FOLDER}/${name}`, renameCompiledFile(bytes, folder));
  for (const [name, text] of Object.entries(ADDITIONS)) files.set(`${LIBRARY_FOLDER}/${name}`, Buffer.from(text));
  files.set(PYTHON_EXECUTABLE.slice(PYTHON_ROOT.length + 1), new Uint8Array(0));
  return files;
}
