import { readFile } from 'node:fs/promises';
import type { QuickJSOptions } from 'quickjs-wasi';
import { engineFile } from '../package-files.ts';
import { type WasmModule, webAssembly } from '../wasi/web-assembly.ts';

/** The compiled engine. */
export interface EngineParts {
  readonly module: WasmModule;
  /** The engine's libraries, in the order in which they are linked. */
  readonly extensions: readonly { readonly name: string; readonly wasm: WasmModule }[];
}

const extensionFiles = { url: 'url.so', encoding: 'encoding.so', structured_clone: 'structured-clone.so' };

async function compileFile(name: string): Promise<WasmModule> {
  return webAssembly.compile(await readFile(engineFile(`quickjs-wasi/${name}`)));
}

/** Finds the engine's WebAssembly files and compiles them. */
export async function loadEngineParts(): Promise<EngineParts> {
  const extensions = Object.entries(extensionFiles).map(async ([name, file]) => ({ name, wasm: await compileFile(file) }));
  return { module: await compileFile('quickjs.wasm'), extensions: await Promise.all(extensions) };
}

/**
 * Returns the options that every engine uses.
 *
 * 512 KiB is the largest stack that this build allows, which is enough for about 2,000 nested calls. The time zone is always UTC,
 * regardless of the host's time zone.
 */
export function engineOptions({ module, extensions }: EngineParts): QuickJSOptions {
  return {
    wasm: module as QuickJSOptions['wasm'],
    extensions: [...extensions] as QuickJSOptions['extensions'] & object,
    maxStackSize: 512 * 1024,
    timezoneOffset: 0,
  };
}
