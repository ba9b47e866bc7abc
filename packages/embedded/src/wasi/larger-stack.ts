const HEADER_BYTES = 8;
const CUSTOM_SECTION = 0;
const MEMORY_SECTION = 5;
const GLOBAL_SECTION = 6;
const PAGE_BYTES = 65_536;
const MUTABLE_I32 = [0x7f, 0x01, 0x41];

/**
 * Enlarges the stack of a WASI command. The stack moves to the end of the initial memory, which grows by `stackBytes`.
 * `stackBytes` must be a multiple of the page size.
 *
 * Works only for a module whose only global is the stack pointer, which is what the WASI linker for C produces.
 * @throws {TypeError} if the module has another layout.
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
    section(MEMORY_SECTION, [1, 0, ...encodeNumber(pages)]),
    module.subarray(memory.end, global.header),
    section(GLOBAL_SECTION, [1, ...MUTABLE_I32, ...encodeNumber(pages * PAGE_BYTES, 0x40), 0x0b]),
    module.subarray(global.end),
  ]);
}

/** Leaves out the sections for debuggers. */
export function withoutDebugSections(module: Uint8Array): Uint8Array {
  const kept = [module.subarray(0, HEADER_BYTES)];
  for (let header = HEADER_BYTES; header < module.length; ) {
    const { value: size, next: start } = readNumber(module, header + 1);
    if (module[header] !== CUSTOM_SECTION) kept.push(module.subarray(header, start + size));
    header = start + size;
  }
  return Buffer.concat(kept);
}

interface Section {
  readonly header: number;
  readonly start: number;
  readonly end: number;
}

function findSection(module: Uint8Array, wanted: number): Section {
  for (let header = HEADER_BYTES; header < module.length; ) {
    const { value: size, next: start } = readNumber(module, header + 1);
    if (module[header] === wanted) return { header, start, end: start + size };
    header = start + size;
  }
  throw new TypeError(`Expected a module with a section ${wanted}.`);
}

function section(type: number, content: readonly number[]): Uint8Array {
  return Uint8Array.from([type, ...encodeNumber(content.length), ...content]);
}

/** Reads a LEB128 number. */
function readNumber(bytes: Uint8Array, at: number): { readonly value: number; readonly next: number } {
  let value = 0;
  let next = at;
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[next++] ?? 0;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return { value, next };
  }
}

/** Encodes a positive number in LEB128. If the number is read as signed, pass 0x40 as `signBit`: the last byte stays below `signBit`. */
function encodeNumber(value: number, signBit = 0x80): number[] {
  return value < signBit ? [value] : [(value & 0x7f) | 0x80, ...encodeNumber(Math.floor(value / 128), signBit)];
}
