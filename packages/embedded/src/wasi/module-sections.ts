const HEADER_BYTES = 8;
/** The type of the sections that do not affect how a module runs, such as the sections for debuggers. */
const CUSTOM_SECTION = 0;

/** A section of a binary WebAssembly module. All values are offsets in the module. */
export interface Section {
  readonly header: number;
  readonly start: number;
  readonly end: number;
}

/** @throws {TypeError} if the module has no section of this type. */
export function findSection(module: Uint8Array, wanted: number): Section {
  const found = sectionsOf(module).find(({ header }) => module[header] === wanted);
  if (found === undefined) throw new TypeError(`Expected a module with a section ${wanted}.`);
  return found;
}

/** Returns the module without its sections for debuggers. */
export function withoutDebugSections(module: Uint8Array): Uint8Array {
  const kept = sectionsOf(module).filter(({ header }) => module[header] !== CUSTOM_SECTION);
  return Buffer.concat([module.subarray(0, HEADER_BYTES), ...kept.map(({ header, end }) => module.subarray(header, end))]);
}

function sectionsOf(module: Uint8Array): Section[] {
  const sections: Section[] = [];
  for (let header = HEADER_BYTES; header < module.length; ) {
    const { value: size, next: start } = readNumber(module, header + 1);
    sections.push({ header, start, end: start + size });
    header = start + size;
  }
  return sections;
}

/** Encodes a section from its type and the pieces of its content. */
export function encodeSection(type: number, pieces: readonly Uint8Array[]): Uint8Array {
  const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return Buffer.concat([Uint8Array.from([type, ...encodeNumber(size)]), ...pieces]);
}

/** Reads a LEB128 number. */
export function readNumber(bytes: Uint8Array, at: number): { readonly value: number; readonly next: number } {
  let value = 0;
  let next = at;
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[next++] ?? 0;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return { value, next };
  }
}

/**
 * Encodes a positive number in LEB128. If the number is read as signed, pass 0x40 as `signBit`. The last byte is always less than
 * `signBit`.
 */
export function encodeNumber(value: number, signBit = 0x80): number[] {
  return value < signBit ? [value] : [(value & 0x7f) | 0x80, ...encodeNumber(Math.floor(value / 128), signBit)];
}
