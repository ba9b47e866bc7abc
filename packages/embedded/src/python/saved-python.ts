import { createHash } from 'node:crypto';
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { builtFile } from '../package-files.ts';
import { COMPILER } from './additions/compile-additions.ts';
import { ADDITIONS } from './additions/every-addition.ts';
import type { PreparedPython } from './prepare-python.ts';

/** The build writes these files. They are not committed. They are the same files for the sources and for the built package. */
const FOLDER = builtFile('python/prepared/');
const INTERPRETER = new URL('python.wasm', FOLDER);
const LIBRARY = new URL('library.bin', FOLDER);
const KEY = new URL('key.txt', FOLDER);

/** Identifies the additions to the library with which Python was prepared. */
function currentKey(): string {
  return createHash('sha256')
    .update(JSON.stringify([COMPILER, ADDITIONS]))
    .digest('hex');
}

/**
 * Reads the Python that the build saved. Returns undefined if the build saved no Python, or prepared it with other additions to the
 * library.
 */
export function readSavedPython(): PreparedPython | undefined {
  try {
    if (readFileSync(KEY, 'utf8') !== currentKey()) return undefined;
    return { interpreter: readFileSync(INTERPRETER), library: readShared(LIBRARY) };
  } catch {
    return undefined;
  }
}

/** Saves the prepared Python for later sandboxes. */
export function savePython({ interpreter, library }: PreparedPython): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(INTERPRETER, interpreter);
  writeFileSync(LIBRARY, new Uint8Array(library));
  writeFileSync(KEY, currentKey());
}

function readShared(file: URL): SharedArrayBuffer {
  const descriptor = openSync(file, 'r');
  try {
    const shared = new SharedArrayBuffer(fstatSync(descriptor).size);
    const target = new Uint8Array(shared);
    for (let at = 0; at < target.length; ) {
      const count = readSync(descriptor, target, at, target.length - at, null);
      if (count === 0) throw new Error('Expected the whole library of Python.');
      at += count;
    }
    return shared;
  } finally {
    closeSync(descriptor);
  }
}
