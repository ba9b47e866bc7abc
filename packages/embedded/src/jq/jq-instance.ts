import type { WasiCalls } from '../wasi/wasi-call.ts';
import { type WasmImports, type WasmMemory, type WasmModule, webAssembly } from '../wasi/web-assembly.ts';
import { JQ_EXPORTS, JQ_IMPORTS } from './jq-names.ts';

type Call = (...values: readonly number[]) => number;

const PAGE_BYTES = 65_536;
const SPARE_BYTES = 64;
/** jq prints a value of any depth that it can parse (10,000 levels) by recursion, which takes 1.6 KiB for each level. */
const ADDED_STACK_BYTES = 20 << 20;

/** jq's program in its own memory. */
export interface JqInstance {
  readonly memory: WasmMemory;
  /** The address of 64 bytes that jq does not use. */
  readonly spare: number;
  readonly call: Readonly<Record<Exclude<keyof typeof JQ_EXPORTS, 'memory'>, Call>>;
}

/** Creates an instance with a larger stack. The instance can run jq once. */
export function createJqInstance(module: WasmModule, calls: WasiCalls): JqInstance {
  const imports = Object.entries(JQ_IMPORTS).map(([letter, name]) => [letter, calls[name]]);
  const { exports } = new webAssembly.Instance(module, { a: Object.fromEntries(imports) } satisfies WasmImports);
  const memory = exports[JQ_EXPORTS.memory];
  if (!(memory instanceof webAssembly.Memory)) throw new TypeError('Expected a module that exports its memory.');
  const { memory: _, ...names } = JQ_EXPORTS;
  const call = Object.fromEntries(Object.entries(names).map(([name, letter]) => [name, exports[letter]])) as JqInstance['call'];
  enlargeStack(memory, call);
  return { memory, call, spare: call.allocateOnStack(SPARE_BYTES) };
}

/**
 * Moves the stack and the heap up. The heap begins where the stack ends. Its start is stored in one word of the module's data.
 * @throws {TypeError} if the module has another layout.
 */
function enlargeStack(memory: WasmMemory, call: JqInstance['call']): void {
  const stackEnd = call.stackPointer();
  const data = new Uint32Array(memory.buffer, 0, stackEnd / Uint32Array.BYTES_PER_ELEMENT);
  const index = data.indexOf(stackEnd);
  if (index < 0 || data.includes(stackEnd, index + 1)) throw new TypeError("Expected exactly one word with the start of jq's heap.");
  data[index] = stackEnd + ADDED_STACK_BYTES;
  call.setStackPointer(stackEnd + ADDED_STACK_BYTES);
  memory.grow(ADDED_STACK_BYTES / PAGE_BYTES);
}
