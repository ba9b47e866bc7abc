import { WASI_ERRNO } from './errno.ts';
import { GuestMemory } from './guest-memory.ts';
import { WasiExit } from './process-calls.ts';
import { asWasiImport } from './wasi-call.ts';
import { wasiCalls } from './wasi-calls.ts';
import { WasiProcess, type WasiProcessOptions } from './wasi-process.ts';
import { type WasmImports, type WasmModule, webAssembly } from './web-assembly.ts';

/** The end of a WASI program. */
export type WasiEnd =
  | { readonly type: 'exit'; readonly exitCode: number; readonly memoryBytes: number }
  /** The engine stopped the program because of `unreachable`, an access outside its memory, or an exhausted stack. */
  | { readonly type: 'trap'; readonly message: string; readonly memoryBytes: number };

/** Runs a WASI command from start to end on this thread. */
export function runWasi(module: WasmModule, options: WasiProcessOptions): WasiEnd {
  const process = new WasiProcess(options);
  const instance = new webAssembly.Instance(module, wasiImports(module, process));
  const { memory, _start: start } = instance.exports;
  if (!(memory instanceof webAssembly.Memory) || typeof start !== 'function') {
    throw new TypeError('Expected a WASI command that exports "memory" and "_start".');
  }
  process.attach(new GuestMemory(memory));
  options.onMemory?.(memory);
  try {
    start();
    return { type: 'exit', exitCode: 0, memoryBytes: memory.buffer.byteLength };
  } catch (error) {
    return endOf(error, memory.buffer.byteLength);
  } finally {
    process.descriptors.closeAll();
  }
}

function endOf(error: unknown, memoryBytes: number): WasiEnd {
  if (error instanceof WasiExit) return { type: 'exit', exitCode: error.exitCode, memoryBytes };
  if (error instanceof webAssembly.RuntimeError || error instanceof RangeError) {
    return { type: 'trap', message: error.message, memoryBytes };
  }
  throw error;
}

/** Returns every function that the module imports. Calls that are not implemented return an error. */
function wasiImports(module: WasmModule, process: WasiProcess): WasmImports {
  const calls = wasiCalls(process);
  const imports: WasmImports = {};
  for (const { module: space, name, kind } of webAssembly.Module.imports(module)) {
    if (kind !== 'function') throw new TypeError(`Expected a WASI command that imports only functions; it imports the ${kind} "${name}".`);
    const call = Object.hasOwn(calls, name) ? calls[name] : undefined;
    imports[space] ??= {};
    imports[space][name] = asWasiImport(call ?? (() => WASI_ERRNO.ENOSYS));
  }
  return imports;
}
