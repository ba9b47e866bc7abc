import type { GuestContext, GuestExit, GuestProgram } from '../guest/guest-contract.ts';
import type { WasmModule } from '../wasi/web-assembly.ts';
import { loadJqModule } from './jq-module.ts';
import { runJq } from './run-jq.ts';

const MiB = 1024 * 1024;
/** The most memory that jq's module allows. */
const MODULE_MEMORY_BYTES = 256 * MiB;
/** The arguments are on jq's stack, and must leave room for its calls. */
const LONGEST_ARGUMENTS = 2 * MiB;
const CANNOT_RUN = 126;

/** Creates the program `jq` of the sandbox. Its module is compiled on the first run. */
export function createJqProgram(): GuestProgram {
  let module: Promise<WasmModule> | undefined;
  return async (context) => {
    if (context.argv.reduce((total, text) => total + Buffer.byteLength(text), 0) > LONGEST_ARGUMENTS) return refuse(context);
    module ??= loadJqModule();
    const memoryBytes = Math.min(context.memoryBytes, MODULE_MEMORY_BYTES);
    const { exitCode, isOutOfMemory } = runJq(await module, { context, memoryBytes });
    if (!isOutOfMemory) return { exitCode };
    return { exitCode, limit: 'memory', reason: `jq ran out of memory: its limit is ${Math.round(memoryBytes / MiB)} MiB.` };
  };
}

function refuse(context: GuestContext): GuestExit {
  context.writeOutput('stderr', new TextEncoder().encode('jq: Argument list too long\n'));
  return { exitCode: CANNOT_RUN };
}
