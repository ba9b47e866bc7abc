import type { WasiCall, WasiCalls } from '../wasi/wasi-call.ts';
import { type WasmInstance, type WasmMemory, type WasmModule, webAssembly } from '../wasi/web-assembly.ts';
import { JQ_EXPORTS, JQ_IMPORTS } from './jq-names.ts';

type Call = (...values: readonly number[]) => number;
type Calls = Readonly<Record<Exclude<keyof typeof JQ_EXPORTS, 'memory'>, Call>>;

const PAGE_BYTES = 65_536;
const WORD_BYTES = 4;
const SPARE_BYTES = 64;
/** jq prints a value of any depth that it can parse (10,000 levels) by recursion, which takes 1.6 KiB for each level. */
const ADDED_STACK_BYTES = 20 << 20;

/** jq's program in its own memory, with a larger stack. It can run jq many times, one run after another. */
export class JqInstance {
  readonly memory: WasmMemory;
  readonly call: Calls;
  /** The address of 64 bytes that jq does not use. */
  readonly spare: number;
  /** The module's data before the first run. */
  readonly #data: Uint8Array;
  readonly #heapStart: number;
  /** The address of the word that contains the end of the heap. */
  readonly #heapEndAt: number;
  readonly #stackPointer: number;
  readonly #bytes: number;
  #imported: WasiCalls = {};

  /** @throws {TypeError} if the module has a different layout. */
  constructor(module: WasmModule) {
    const imports = Object.entries(JQ_IMPORTS).map(([letter, name]): [string, WasiCall] => [letter, this.#forwarded(name)]);
    const { exports } = new webAssembly.Instance(module, { a: Object.fromEntries(imports) as Record<string, Call> });
    this.memory = memoryOf(exports);
    const { memory: _, ...names } = JQ_EXPORTS;
    this.call = Object.fromEntries(Object.entries(names).map(([name, letter]) => [name, exports[letter]])) as Calls;
    const stackEnd = this.call.stackPointer();
    this.#heapEndAt = findHeapEnd(this.memory, stackEnd);
    this.#heapStart = stackEnd + ADDED_STACK_BYTES;
    this.#enlargeStack();
    this.spare = this.call.allocateOnStack(SPARE_BYTES);
    this.#stackPointer = this.call.stackPointer();
    this.#data = new Uint8Array(this.memory.buffer, 0, stackEnd).slice();
    this.#bytes = this.memory.buffer.byteLength;
  }

  /** Sets the functions that the module imports. */
  connect(imported: WasiCalls): void {
    this.#imported = imported;
  }

  /** Restores the memory to its state before the first run. Returns false if a run has enlarged the memory or damaged the heap. */
  reset(): boolean {
    const bytes = new Uint8Array(this.memory.buffer);
    const heapEnd = new DataView(bytes.buffer).getUint32(this.#heapEndAt, true);
    if (bytes.length !== this.#bytes || heapEnd < this.#heapStart || heapEnd > bytes.length) return false;
    bytes.fill(0, this.#heapStart, heapEnd);
    bytes.set(this.#data);
    this.call.setStackPointer(this.#stackPointer);
    return true;
  }

  #forwarded(name: string): WasiCall {
    return (...values) => this.#imported[name]?.(...values);
  }

  /** Moves the stack and the heap up. The heap begins where the stack ends. */
  #enlargeStack(): void {
    new DataView(this.memory.buffer).setUint32(this.#heapEndAt, this.#heapStart, true);
    this.call.setStackPointer(this.#heapStart);
    this.memory.grow(ADDED_STACK_BYTES / PAGE_BYTES);
  }
}

function memoryOf(exports: WasmInstance['exports']): WasmMemory {
  const memory = exports[JQ_EXPORTS.memory];
  if (!(memory instanceof webAssembly.Memory)) throw new TypeError('Expected a module that exports its memory.');
  return memory;
}

/** Returns the address of the word that contains the end of the heap. Before the first run, that is the end of the stack. */
function findHeapEnd(memory: WasmMemory, stackEnd: number): number {
  const data = new Uint32Array(memory.buffer, 0, stackEnd / WORD_BYTES);
  const index = data.indexOf(stackEnd);
  if (index < 0 || data.includes(stackEnd, index + 1)) throw new TypeError("Expected exactly one word with the start of jq's heap.");
  return index * WORD_BYTES;
}
