import { encodeNumber, encodeSection, findSection, readNumber } from './module-sections.ts';

const MEMORY_SECTION = 5;
const GLOBAL_SECTION = 6;
const PAGE_BYTES = 65_536;
const MUTABLE_I32 = [0x7f, 0x01, 0x41];

/**
 * Enlarges the stack of a WASI command. The stack moves to the end of the initial memory, which grows by `stackBytes`. `stackBytes` must be
 * a multiple of the page size.
 *
 * Works only for a module whose only global is the stack pointer, as in modules from the WASI linker for C.
 * @throws {TypeError} if the module has a different layout.
 */
export function withLargerStack(module: Uint8Array, stackBytes: number): Uint8Array {
  const memory = findSection(module, MEMORY_SECTION);
  const global = findSection(module, GLOBAL_SECTION);
  const [memories, flags] = module.subarray(memory.start);
  const [globals, ...kind] = module.subarray(global.start, global.start + 4);
  if (memories !== 1 || flags !== 0 || globals !== 1 || kind.some((byte, index) => byte !== MUTABLE_I32[index])) {
    throw new TypeError('Expected a module with one growing memory and the stack pointer as its only global.');
  }
  const pages = readNumber(module, memory.start + 2).value + stackBytes / PAGE_BYTES;
  return Buffer.concat([
    module.subarray(0, memory.header),
    encodeSection(MEMORY_SECTION, [Uint8Array.from([1, 0, ...encodeNumber(pages)])]),
    module.subarray(memory.end, global.header),
    encodeSection(GLOBAL_SECTION, [Uint8Array.from([1, ...MUTABLE_I32, ...encodeNumber(pages * PAGE_BYTES, 0x40), 0x0b])]),
    module.subarray(global.end),
  ]);
}
