import { compileAdditions } from './additions/compile-additions.ts';
import { ADDITIONS } from './additions/every-addition.ts';
import { readSavedAdditions } from './additions/saved-additions.ts';
import { renameCompiledFile } from './compiled-file-names.ts';
import type { FreshPython } from './fresh-python.ts';
import { LIBRARY_FOLDER, PYTHON_EXECUTABLE, PYTHON_ROOT } from './python-layout.ts';
import { readZipInMemory } from './zip-in-memory.ts';
import { readZones } from './zoneinfo/read-zones.ts';

const BUILD_FOLDER = '/wlr/build-staging/python/v3.12.0-aio/checkout/Lib/';

/** Creates the files below `PYTHON_ROOT`: the library from the module's initial memory, sandpod's additions to it, and time zones. */
export function createPythonRootFiles(python: FreshPython): ReadonlyMap<string, Uint8Array> {
  const files = createOriginalFiles(python.initialMemory);
  const additions = readSavedAdditions(python.key) ?? compileAdditions(python.module, files, ADDITIONS);
  for (const [name, bytes] of additions) files.set(`${LIBRARY_FOLDER}/${name}`, bytes);
  return files;
}

/** Creates the files below `PYTHON_ROOT` without sandpod's additions to the library. */
export function createOriginalFiles(initialMemory: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const folder = { from: BUILD_FOLDER, to: `${PYTHON_ROOT}/${LIBRARY_FOLDER}/` };
  for (const [name, bytes] of readZipInMemory(initialMemory)) files.set(`${LIBRARY_FOLDER}/${name}`, renameCompiledFile(bytes, folder));
  // Python looks for these two files to find its installation.
  files.set(`${LIBRARY_FOLDER}/lib-dynload/.keep`, new Uint8Array(0));
  files.set(PYTHON_EXECUTABLE.slice(PYTHON_ROOT.length + 1), new Uint8Array(0));
  for (const [name, bytes] of readZones()) files.set(`share/zoneinfo/${name}`, bytes);
  return files;
}
