import type { WasmMemory } from '../wasi/web-assembly.ts';
import { findWords } from './find-words.ts';

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

/** The places that the last interpreter on this thread had. As a rule, the next one has the same. */
let known: { readonly copies: readonly number[]; readonly script: number } = { copies: [], script: -1 };

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
    const { buffer } = memory;
    const isSame = known.copies.length > 0 && known.copies.every((copy) => this.#isPlaceholder(memory, copy));
    if (!isSame) known = { copies: [...findAll(Buffer.from(buffer), this.#encoded)], script: -1 };
    if (!isScript(buffer, known.script, known.copies)) known = { ...known, script: findScript(buffer, known.copies) };
    this.#copies = known.copies;
    this.#script = known.script;
    return this.#script >= 0;
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

function* findAll(memory: Buffer, wanted: Uint8Array): Generator<number> {
  for (let at = memory.indexOf(wanted); at >= 0; at = memory.indexOf(wanted, at + wanted.length)) yield at;
}

/**
 * Returns the index of the word that is `run_filename` in the interpreter's configuration and points to one of these addresses, or -1. The
 * configuration is one of the interpreter's static variables, which come first in its memory.
 */
function findScript(memory: ArrayBuffer, addresses: readonly number[]): number {
  for (const after of findWords(memory, CONFIG.after)) if (isScript(memory, after - 1, addresses)) return after - 1;
  return -1;
}

function isScript(memory: ArrayBuffer, index: number, addresses: readonly number[]): boolean {
  const start = (index - CONFIG.before.length) * WORD;
  if (start < 0) return false;
  const words = new Int32Array(memory, start, CONFIG.before.length + 1 + CONFIG.after.length);
  const pointer = words[CONFIG.before.length] ?? 0;
  return addresses.includes(pointer) && [...CONFIG.before, pointer, ...CONFIG.after].every((word, at) => words[at] === word);
}

/** Encodes a text as the C library's wide characters: one number of 4 bytes for each character, and a zero at the end. */
function encode(text: string): Uint8Array {
  const points = new Uint32Array(text.length + 1);
  let count = 0;
  for (const character of text) points[count++] = character.codePointAt(0) ?? 0;
  return new Uint8Array(points.buffer, 0, (count + 1) * WORD);
}

function write(memory: WasmMemory, address: number, text: string): void {
  new Uint8Array(memory.buffer).set(encode(text.replaceAll('\0', '')), address);
}
