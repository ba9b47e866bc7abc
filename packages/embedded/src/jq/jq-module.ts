import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type WasmModule, webAssembly } from '../wasi/web-assembly.ts';

const require = createRequire(import.meta.url);

/** Finds jq's WebAssembly file in the installed package and compiles it. Takes about 10 ms. @throws {Error} if the package is missing. */
export async function loadJqModule(): Promise<WasmModule> {
  return webAssembly.compile(await readFile(require.resolve('jq-wasm/jq.wasm')));
}
