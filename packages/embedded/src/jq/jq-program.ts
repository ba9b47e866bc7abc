import type { GuestContext, GuestExit, GuestProgram } from '../guest/guest-contract.ts';
import type { WasmModule } from '../wasi/web-assembly.ts';
import { ABORTED } from './jq-calls.ts';
import { JqInstance } from './jq-instance.ts';
import { loadJqModule } from './jq-module.ts';
import { type JqEnd, runJq } from './run-jq.ts';

const MiB = 1024 * 1024;
/** The most memory that jq's module allows. */
const MODULE_MEMORY_BYTES = 256 * MiB;
/** The arguments are on jq's stack, and must leave room for its calls. */
const LONGEST_ARGUMENTS = 3 * MiB;
/** The most bytes that an argument takes in addition to its text. */
const ARGUMENT_BYTES = 32;
const CANNOT_RUN = 126;

/** Creates the sandbox's program `jq`. Its module is compiled on the first run. */
export function createJqProgram(): GuestProgram {
  let module: Promise<WasmModule> | undefined;
  let idle: JqInstance | undefined;
  return async (context) => {
    if (argumentBytes(context.argv) > LONGEST_ARGUMENTS) return refuse(context);
    module ??= loadJqModule();
    const instance = idle ?? new JqInstance(await module);
    idle = undefined;
    const memoryBytes = Math.min(context.memoryBytes, MODULE_MEMORY_BYTES);
    const end = runJq(instance, { context, memoryBytes });
    // A new instance takes several times longer than a reset.
    if (end.exitCode !== ABORTED && instance.reset()) idle = instance;
    return end.isOutOfMemory ? outOfMemory(end, memoryBytes) : { exitCode: end.exitCode };
  };
}

function outOfMemory({ exitCode }: JqEnd, memoryBytes: number): GuestExit {
  return { exitCode, limit: 'memory', reason: `jq ran out of memory: its limit is ${Math.round(memoryBytes / MiB)} MiB.` };
}

function argumentBytes(argv: readonly string[]): number {
  return argv.reduce((total, text) => total + Buffer.byteLength(text) + ARGUMENT_BYTES, 0);
}

function refuse(context: GuestContext): GuestExit {
  context.writeOutput('stderr', new TextEncoder().encode('jq: Argument list too long\n'));
  return { exitCode: CANNOT_RUN };
}
