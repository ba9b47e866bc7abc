import type { GuestContext, GuestExit, GuestProgram } from '../guest/guest-contract.ts';
import type { WasmModule } from '../wasi/web-assembly.ts';
import { loadJqModule } from './jq-module.ts';
import { runJq } from './run-jq.ts';

const MiB = 1024 * 1024;
/** The most memory that jq's module allows. */
const MODULE_MEMORY_BYTES = 256 * MiB;
/** The arguments are on jq's stack, and must leave room for its calls. */
const LONGEST_ARGUMENTS = 3 * MiB;
/** The most bytes that an argument takes in addition to its text. */
const ARGUMENT_BYTES = 32;
const CANNOT_RUN = 126;

/** Creates the program `jq` of the sandbox. Its module is compiled on the first run. */
export function createJqProgram(): GuestProgram {
  let module: Promise<WasmModule> | undefined;
  return async (context) => {
    if (argumentBytes(context.argv) > LONGEST_ARGUMENTS) return refuse(context);
    module ??= loadJqModule();
    const memoryBytes = Math.min(context.memoryBytes, MODULE_MEMORY_BYTES);
    const { exitCode, isOutOfMemory } = runJq(await module, { context, memoryBytes });
    if (!isOutOfMemory) return { exitCode };
    return { exitCode, limit: 'memory', reason: `jq ran out of memory: its limit is ${Math.round(memoryBytes / MiB)} MiB.` };
  };
}

function argumentBytes(argv: readonly string[]): number {
  return argv.reduce((total, text) => total + Buffer.byteLength(text) + ARGUMENT_BYTES, 0);
}

function refuse(context: GuestContext): GuestExit {
  context.writeOutput('stderr', new TextEncoder().encode('jq: Argument list too long\n'));
  return { exitCode: CANNOT_RUN };
}
