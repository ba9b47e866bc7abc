import type { WasmMemory } from '../wasi/web-assembly.ts';
import { findWords } from './find-words.ts';

/** Offsets, in words, in data structures of CPython 3.12 in 32-bit memory: a dict, its keys, an entry of a dict, and a list. */
const DICT = { keys: 6 };
const KEYS = { sizes: 1, entries: 4, indices: 5 };
const ENTRY_WORDS = 3;
const MAXIMUM_ENTRIES = 64;
const LIST_ITEMS = 3;

/** The number of an error, and the addresses of four objects: the error's class, the number, the type `dict`, and a list with one item. */
export interface ErrorTableRequest {
  readonly errorClass: number;
  readonly number: number;
  readonly numberObject: number;
  readonly dictType: number;
  readonly list: number;
}

/** Reads the five numbers that the start-up code sends. */
export function readErrorTableRequest(text: string): ErrorTableRequest {
  const [errorClass = 0, number = 0, numberObject = 0, dictType = 0, list = 0] = text
    .split(' ')
    .map((part) => Number.parseInt(part, 10) | 0);
  return { errorClass, number, numberObject, dictType, list };
}

/**
 * Finds the interpreter's table that maps error numbers to exception classes, and stores it as the item in the guest's list.
 *
 * Changes nothing if it finds no table. All addresses come from the guest, and only the guest's memory is read and written.
 */
export function passErrorTable(memory: WasmMemory, request: ErrorTableRequest): void {
  const words = new Int32Array(memory.buffer);
  const dict = findDict(words, request);
  const item = words[request.list / 4 + LIST_ITEMS] ?? 0;
  if (dict === undefined || item <= 0 || item % 4 !== 0 || item / 4 >= words.length) return;
  words[dict] = (words[dict] ?? 0) + 1;
  words[item / 4] = dict * 4;
}

/** The index at which the last interpreter on this thread had its dict. As a rule, the next one has the same. */
let known = -1;

/** Returns the index of the word at which the dict starts. */
function findDict(words: Int32Array<ArrayBuffer>, request: ErrorTableRequest): number | undefined {
  const { errorClass, number, numberObject, dictType } = request;
  // For an integer, the hash of the key is the integer.
  for (const entry of findWords(words.buffer, [number, numberObject, errorClass])) {
    const keys = findKeys(words, entry);
    if (keys === undefined) continue;
    if (!isDict(words, known, { keys, dictType })) known = words.indexOf(keys * 4) - DICT.keys;
    if (isDict(words, known, { keys, dictType })) return known;
  }
  return undefined;
}

function isDict(words: Int32Array, dict: number, { keys, dictType }: { readonly keys: number; readonly dictType: number }): boolean {
  return dict >= 0 && words[dict + 1] === dictType && words[dict + DICT.keys] === keys * 4;
}

/** Finds the start of the keys that contain this entry. The size of the keys determines the distance to their first entry. */
function findKeys(words: Int32Array, entry: number): number | undefined {
  for (let first = entry; first > entry - MAXIMUM_ENTRIES * ENTRY_WORDS; first -= ENTRY_WORDS) {
    for (const indexBytes of [3, 4, 5, 6, 7]) {
      const keys = first - KEYS.indices - 2 ** indexBytes / 4;
      const sizes = words[keys + KEYS.sizes] ?? 0;
      const count = words[keys + KEYS.entries] ?? 0;
      const isPlaced = words[keys] === 1 && ((sizes >> 8) & 0xff) === indexBytes && ((sizes >> 16) & 0xff) === 0;
      if (isPlaced && count > (entry - first) / ENTRY_WORDS && count <= MAXIMUM_ENTRIES) return keys;
    }
  }
  return undefined;
}
