import { type WasmModule, webAssembly } from '../wasi/web-assembly.ts';
import { readSavedPython } from './saved-python.ts';

/** CPython, ready to run. It can be posted to worker threads, which share the compiled code and the library. */
export interface PythonModule {
  readonly module: WasmModule;
  /** The packed files of the standard library and of sandpod's additions. */
  readonly library: SharedArrayBuffer;
}

/** Reads and compiles CPython. Call it once per process. @throws {Error} if the package is missing. */
export async function loadPythonModule(): Promise<PythonModule> {
  const { interpreter, library } = readSavedPython() ?? (await (await import('./prepare-python.ts')).preparePython());
  return { module: await webAssembly.compile(interpreter), library };
}
