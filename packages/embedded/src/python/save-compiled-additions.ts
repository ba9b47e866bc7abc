import { compileAdditions } from './additions/compile-additions.ts';
import { ADDITIONS } from './additions/every-addition.ts';
import { readSavedAdditions, saveAdditions } from './additions/saved-additions.ts';
import { loadFreshPython } from './fresh-python.ts';
import { createOriginalFiles } from './python-root-files.ts';

/** Compiles sandpod's additions to Python's library, so that no sandbox has to. Does nothing if the file is current. */
export async function saveCompiledAdditions(file: URL): Promise<void> {
  const { module, initialMemory, key } = await loadFreshPython();
  if (readSavedAdditions(key, file) !== undefined) return;
  saveAdditions(file, { key, files: compileAdditions(module, createOriginalFiles(initialMemory), ADDITIONS) });
}
