import { descriptorCalls } from '../wasi/descriptor-calls.ts';
import { processCalls, WasiExit } from '../wasi/process-calls.ts';
import { transferCalls } from '../wasi/transfer-calls.ts';
import { asWasiImport, type WasiCall, type WasiCalls } from '../wasi/wasi-call.ts';
import type { WasiProcess } from '../wasi/wasi-process.ts';
import { readCBytes } from './c-memory.ts';
import { fileCalls } from './file-calls.ts';
import type { JqInstance } from './jq-instance.ts';
import { timeCalls } from './time-calls.ts';

const PAGE_BYTES = 65_536;
/** The exit code of a program that ends through `abort`. */
export const ABORTED = 134;

export interface JqState {
  readonly process: WasiProcess;
  readonly instance: Pick<JqInstance, 'memory' | 'spare'>;
  /** The maximum size of jq's memory. */
  readonly memoryBytes: number;
  /** Called if jq requests more memory than `memoryBytes`. */
  readonly onOutOfMemory: () => void;
}

/** Returns every function that jq's module can import, by its full name. */
export function jqCalls(state: JqState): WasiCalls {
  const { process } = state;
  const wasi = { ...processCalls(process), ...descriptorCalls(process), ...transferCalls(process) };
  const wrapped = Object.entries(wasi).map(([name, call]): [string, WasiCall] => [name, asWasiImport(call)]);
  return {
    ...Object.fromEntries(wrapped),
    ...fileCalls(process),
    ...timeCalls(process, state.instance.spare),
    ...endingCalls(process),
    emscripten_resize_heap: (bytes: number) => Number(grow(state, bytes >>> 0)),
    _emscripten_runtime_keepalive_clear: () => undefined,
  };
}

function endingCalls(process: WasiProcess): WasiCalls {
  const abort = (): never => {
    throw new WasiExit(ABORTED);
  };
  return {
    exit: (exitCode: number) => {
      throw new WasiExit(exitCode & 0xff);
    },
    _abort_js: abort,
    __call_sighandler: abort,
    __assert_fail: (condition: number) => {
      const text = Buffer.from(readCBytes(process.memory, condition)).toString();
      process.context.writeOutput('stderr', new TextEncoder().encode(`jq: Assertion failed: ${text}\n`));
      abort();
    },
  };
}

/** Grows the memory by a fifth or to the wanted size, whichever is more. Returns false if the limit does not allow the wanted size. */
function grow({ instance, memoryBytes, onOutOfMemory }: JqState, wanted: number): boolean {
  const { memory } = instance;
  const { buffer } = memory;
  const size = Math.max(wanted, Math.min(memoryBytes, buffer.byteLength * 1.2));
  try {
    if (wanted > memoryBytes) throw new RangeError('The limit is reached.');
    memory.grow(Math.ceil((size - buffer.byteLength) / PAGE_BYTES));
    return true;
  } catch {
    onOutOfMemory();
    return false;
  }
}
