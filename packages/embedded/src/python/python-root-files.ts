import type { WasmModule } from '../wasi/web-assembly.ts';
import { ASYNCIO_ADDITION } from './additions/asyncio-addition.ts';
import { compileAdditions } from './additions/compile-additions.ts';
import { SOCKET_ADDITION, URLLIB_ADDITION } from './additions/network-additions.ts';
import { PIP_ADDITION } from './additions/pip-addition.ts';
import { FIRST_IMPORT_ADDITION, START_ADDITION } from './additions/start-additions.ts';
import { SUBPROCESS_ADDITION } from './additions/subprocess-addition.ts';
import { THREAD_POOL_ADDITION } from './additions/thread-pool-addition.ts';
import { renameCompiledFile } from './compiled-file-names.ts';
import { LIBRARY_FOLDER, PYTHON_EXECUTABLE, PYTHON_ROOT } from './python-layout.ts';
import { readZipInMemory } from './zip-in-memory.ts';

const BUILD_FOLDER = '/wlr/build-staging/python/v3.12.0-aio/checkout/Lib/';
const ADDITIONS = [
  START_ADDITION,
  FIRST_IMPORT_ADDITION,
  ASYNCIO_ADDITION,
  SOCKET_ADDITION,
  URLLIB_ADDITION,
  SUBPROCESS_ADDITION,
  THREAD_POOL_ADDITION,
  PIP_ADDITION,
];

/** Creates the files below `PYTHON_ROOT`: the library from the module's initial memory, and sandpod's additions to it. */
export function createPythonRootFiles(module: WasmModule, initialMemory: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const folder = { from: BUILD_FOLDER, to: `${PYTHON_ROOT}/${LIBRARY_FOLDER}/` };
  for (const [name, bytes] of readZipInMemory(initialMemory)) files.set(`${LIBRARY_FOLDER}/${name}`, renameCompiledFile(bytes, folder));
  // Python looks for these two files to find its installation.
  files.set(`${LIBRARY_FOLDER}/lib-dynload/.keep`, new Uint8Array(0));
  files.set(PYTHON_EXECUTABLE.slice(PYTHON_ROOT.length + 1), new Uint8Array(0));
  for (const [name, bytes] of compileAdditions(module, files, ADDITIONS)) files.set(`${LIBRARY_FOLDER}/${name}`, bytes);
  return files;
}
