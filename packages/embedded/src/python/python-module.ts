import type { WasmModule } from '../wasi/web-assembly.ts';
import { loadFreshPython } from './fresh-python.ts';
import { createPythonRootFiles } from './python-root-files.ts';
import { packFiles } from './shared-file-pack.ts';

/** CPython, ready to run. It can be posted to worker threads, which share the compiled code and the library. */
export interface PythonModule {
  readonly module: WasmModule;
  /** The packed files of the standard library and of sandpod's additions. */
  readonly library: SharedArrayBuffer;
}

/** Reads and compiles CPython. Takes about 250 ms, so do it once per process. @throws {Error} if the package is missing. */
export async function loadPythonModule(): Promise<PythonModule> {
  const python = await loadFreshPython();
  return { module: python.module, library: packFiles(createPythonRootFiles(python)) };
}
