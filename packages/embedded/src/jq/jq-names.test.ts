import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { JQ_EXPORTS, JQ_IMPORTS } from './jq-names.ts';

/** The code that the package itself uses to run the module. It contains the full name of every import and export. */
const glue = readFileSync(createRequire(import.meta.url).resolve('jq-wasm'), 'utf8');

function pairs(text = ''): [string, string][] {
  return [...text.matchAll(/(\w+): (\w+)/g)].map(([, letter = '', name = '']) => [letter, name]);
}

test('every import has the name that the package gives to it', () => {
  const given = pairs(/var wasmImports = \{([^}]*)\}/.exec(glue)?.[1]).map(([letter, name]) => [letter, name.replace(/^_/, '')]);
  expect(Object.fromEntries(given)).toEqual(JQ_IMPORTS);
});

test('every export has the letter that the package uses', () => {
  const letterOf = (pattern: RegExp) => pattern.exec(glue)?.[1];
  expect({
    memory: letterOf(/wasmMemory = wasmExports2\["(\w)"\]/),
    initialize: letterOf(/TTY\.init\(\);\s*wasmExports\["(\w)"\]\(\)/),
    main: letterOf(/Module\["_main"\] = wasmExports2\["(\w)"\]/),
    setStackPointer: letterOf(/__emscripten_stack_restore = wasmExports2\["(\w)"\]/),
    allocateOnStack: letterOf(/__emscripten_stack_alloc = wasmExports2\["(\w)"\]/),
    stackPointer: letterOf(/_emscripten_stack_get_current = wasmExports2\["(\w)"\]/),
  }).toEqual(JQ_EXPORTS);
});
