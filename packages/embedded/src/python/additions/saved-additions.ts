import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { packageFile } from '../../package-files.ts';
import { COMPILER } from './compile-additions.ts';
import type { LibraryAddition } from './library-addition.ts';

/** The build writes this file. It is not committed. */
export const SAVED_ADDITIONS: URL = packageFile('python/additions/compiled.json');

interface SavedAdditions {
  /** Identifies the interpreter and the additions from which the files were made. */
  readonly key: string;
  /** The compiled files in base64, by name. */
  readonly files: Readonly<Record<string, string>>;
}

/** Returns the key of the files that this interpreter makes of these additions. */
export function additionsKey(interpreter: Uint8Array, additions: readonly LibraryAddition[]): string {
  return createHash('sha256')
    .update(interpreter)
    .update(JSON.stringify([COMPILER, additions]))
    .digest('hex');
}

/** Returns the compiled files by name, or undefined if the build saved none with this key. */
export function readSavedAdditions(key: string, file: URL = SAVED_ADDITIONS): ReadonlyMap<string, Uint8Array> | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const saved = JSON.parse(text) as SavedAdditions;
  if (saved.key !== key) return undefined;
  return new Map(Object.entries(saved.files).map(([name, content]) => [name, Buffer.from(content, 'base64')]));
}

/** Saves the compiled files for later sandboxes. */
export function saveAdditions(file: URL, compiled: { readonly key: string; readonly files: ReadonlyMap<string, Uint8Array> }): void {
  const files = Object.fromEntries([...compiled.files].map(([name, content]) => [name, Buffer.from(content).toString('base64')]));
  writeFileSync(file, JSON.stringify({ key: compiled.key, files } satisfies SavedAdditions));
}
