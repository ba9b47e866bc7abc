import type { WasmMemory } from '../wasi/web-assembly.ts';

export type ProgramKind = 'script' | 'command' | 'module' | 'stdin';

/** The characters that a program may have, with its end. */
const CAPACITY = 16_384;
/** The interpreter does not change an absolute path. */
const PLACEHOLDER = '/sandpod-waits-for-a-program-'.padEnd(CAPACITY, '-');
const WORD = 4;

/**
 * The words around `run_filename` in `PyConfig` of CPython 3.12: `skip_source_first_line`, `run_command`, `run_module`, then `run_filename`,
 * `_install_importlib`, `_init_main` and `_is_python_build`.
 */
const CONFIG = { command: -2, module: -1, before: [0, 0, 0], after: [1, 1, 0] };
/** The word of a `bytearray` that has the address of its first byte. */
const BYTEARRAY_START = 5;

/**
 * The places in the interpreter's memory that determine which program it runs.
 *
 * The interpreter was started with a placeholder for the path of its script. Its memory contains copies of this path, with 4 bytes for each
 * character, and its configuration contains a pointer to one of these copies.
 */
export class StartPlaces {
  readonly placeholder: string = PLACEHOLDER;
  /** The addresses of the copies of the placeholder. */
  #copies: readonly number[] = [];
  /** The index of the word that points to the script's path. */
  #script = -1;
  readonly #encoded = encode(PLACEHOLDER);

  hasRoom(source: string): boolean {
    return source.length + 2 <= CAPACITY;
  }

  /** Returns false if this code does not support the interpreter's version. */
  find(memory: WasmMemory): boolean {
    const words = new Int32Array(memory.buffer);
    this.#copies = findAll(Buffer.from(memory.buffer), this.#encoded);
    const scripts = this.#copies.flatMap((copy) => findScripts(words, copy));
    this.#script = scripts[0] ?? -1;
    return scripts.length === 1;
  }

  /** Writes a text to a `bytearray` of the same size. */
  fillBox(memory: WasmMemory, { box, text }: { readonly box: number; readonly text: Uint8Array }): void {
    const start = new Int32Array(memory.buffer)[box / WORD + BYTEARRAY_START] ?? 0;
    new Uint8Array(memory.buffer).set(text, start);
  }

  setProgram(memory: WasmMemory, { kind, source }: { readonly kind: ProgramKind; readonly source: string }): void {
    const words = new Int32Array(memory.buffer);
    const path = words[this.#script] ?? 0;
    const first = { script: source, command: '-c', module: '-m', stdin: '' }[kind];
    for (const copy of this.#copies) if (this.#isPlaceholder(memory, copy)) write(memory, copy, first);
    if (kind === 'script') return;
    words[this.#script] = 0;
    if (kind === 'stdin') return;
    words[this.#script + CONFIG[kind]] = path;
    write(memory, path, kind === 'command' ? `${source}\n` : source);
  }

  /** Some copies were in memory that the interpreter no longer uses. Meanwhile it may have used it for something else. */
  #isPlaceholder(memory: WasmMemory, address: number): boolean {
    return Buffer.from(memory.buffer, address, this.#encoded.length).equals(this.#encoded);
  }
}

function findAll(memory: Buffer, wanted: Uint8Array): number[] {
  const found: number[] = [];
  for (let at = memory.indexOf(wanted); at >= 0; at = memory.indexOf(wanted, at + wanted.length)) found.push(at);
  return found;
}

/** Returns the indexes of the words that are `run_filename` in a configuration and point to this address. */
function findScripts(words: Int32Array, address: number): number[] {
  const found: number[] = [];
  for (let at = words.indexOf(address); at >= 0; at = words.indexOf(address, at + 1)) {
    const isBefore = CONFIG.before.every((word, index) => words[at - CONFIG.before.length + index] === word);
    if (isBefore && CONFIG.after.every((word, index) => words[at + 1 + index] === word)) found.push(at);
  }
  return found;
}

/** Encodes a text as the C library's wide characters: one number of 4 bytes for each character, and a zero at the end. */
function encode(text: string): Uint8Array {
  return new Uint8Array(Uint32Array.from([...text, '\0'], (character) => character.codePointAt(0) ?? 0).buffer);
}

function write(memory: WasmMemory, address: number, text: string): void {
  new Uint8Array(memory.buffer).set(encode(text.replaceAll('\0', '')), address);
}
