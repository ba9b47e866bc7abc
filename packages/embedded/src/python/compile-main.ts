/** Part of the build: compiles sandpod's additions to Python's library, so that no sandbox has to. */
import { compileAdditions } from './additions/compile-additions.ts';
import { ADDITIONS } from './additions/every-addition.ts';
import { readSavedAdditions, saveAdditions } from './additions/saved-additions.ts';
import { loadFreshPython } from './fresh-python.ts';
import { createOriginalFiles } from './python-root-files.ts';

const { module, initialMemory, key } = await loadFreshPython();
if (readSavedAdditions(key) === undefined) {
  saveAdditions({ key, files: compileAdditions(module, createOriginalFiles(initialMemory), ADDITIONS) });
}
