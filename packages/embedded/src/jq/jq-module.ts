import { readFile } from 'node:fs/promises';
import { engineFile } from '../package-files.ts';
import { type WasmModule, webAssembly } from '../wasi/web-assembly.ts';

/** Finds jq's WebAssembly file and compiles it. Takes about 10 ms. @throws {Error} if the file is missing. */
export async function loadJqModule(): Promise<WasmModule> {
  return webAssembly.compile(await readFile(engineFile('jq-wasm/jq.wasm')));
}
