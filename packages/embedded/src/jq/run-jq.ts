import type { GuestContext } from '../guest/guest-contract.ts';
import { WasiError } from '../wasi/errno.ts';
import { GuestMemory } from '../wasi/guest-memory.ts';
import { WasiExit } from '../wasi/process-calls.ts';
import { WasiProcess } from '../wasi/wasi-process.ts';
import { webAssembly } from '../wasi/web-assembly.ts';
import { ABORTED, jqCalls } from './jq-calls.ts';
import type { JqInstance } from './jq-instance.ts';

const POINTER_BYTES = 4;

/** The end of a run of jq. */
export interface JqEnd {
  readonly exitCode: number;
  /** True if jq could not get the memory that it requested. */
  readonly isOutOfMemory: boolean;
}

/** Runs jq from start to end on this thread. */
export function runJq(
  instance: JqInstance,
  { context, memoryBytes }: { readonly context: GuestContext; readonly memoryBytes: number },
): JqEnd {
  const process = new WasiProcess({ context, argv: context.argv, env: context.env });
  process.attach(new GuestMemory(instance.memory));
  let isOutOfMemory = false;
  const onOutOfMemory = (): void => {
    isOutOfMemory = true;
  };
  instance.connect(jqCalls({ process, instance, memoryBytes, onOutOfMemory }));
  try {
    const exitCode = main(instance, process);
    return { exitCode, isOutOfMemory: isOutOfMemory && exitCode === ABORTED };
  } finally {
    process.descriptors.closeAll();
  }
}

function main({ call }: JqInstance, process: WasiProcess): number {
  try {
    call.initialize();
    return call.main(process.argv.length, writeArguments(call, process)) & 0xff;
  } catch (error) {
    if (error instanceof WasiExit) return error.exitCode;
    if (!isCrash(error)) throw error;
    process.context.writeOutput('stderr', new TextEncoder().encode(`jq: the interpreter crashed: ${error.message}\n`));
    return ABORTED;
  }
}

/** Returns true if the engine stopped jq, or if jq passed an address outside its memory to a function of sandpod. */
function isCrash(error: unknown): error is Error {
  return error instanceof webAssembly.RuntimeError || error instanceof RangeError || error instanceof WasiError;
}

/** Writes the arguments to the stack, as C expects them. Returns the address of their list. */
function writeArguments(call: JqInstance['call'], { argv, memory }: WasiProcess): number {
  const addresses = argv.map((text) => {
    const bytes = Buffer.from(`${text.replaceAll('\0', '')}\0`);
    const address = call.allocateOnStack(bytes.length);
    memory.setBytes(address, bytes);
    return address;
  });
  const list = call.allocateOnStack((argv.length + 1) * POINTER_BYTES);
  for (const [index, address] of [...addresses, 0].entries()) memory.setUint32(list + index * POINTER_BYTES, address);
  return list;
}
