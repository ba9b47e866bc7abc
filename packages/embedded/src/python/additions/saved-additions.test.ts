import { expect, it } from 'vitest';
import { loadFreshPython } from '../fresh-python.ts';
import { createOriginalFiles } from '../python-root-files.ts';
import { compileAdditions } from './compile-additions.ts';
import { ADDITIONS } from './every-addition.ts';
import { additionsKey, readSavedAdditions } from './saved-additions.ts';

const BUILT = new URL('../../../dist/python/additions/compiled.json', import.meta.url);

it('the saved files are those that the interpreter makes of the additions', { timeout: 60_000 }, async () => {
  const { module, initialMemory, key } = await loadFreshPython();
  const saved = readSavedAdditions(key, BUILT);
  expect([...(saved?.keys() ?? [])]).toEqual(ADDITIONS.map(({ module: name }) => `${name}.pyc`));
  expect(saved).toEqual(compileAdditions(module, createOriginalFiles(initialMemory), ADDITIONS));
});

it('files of another interpreter or of other additions are not used', () => {
  expect(readSavedAdditions(additionsKey(Buffer.from('another'), ADDITIONS), BUILT)).toBeUndefined();
  const [addition] = ADDITIONS;
  const interpreter = Buffer.from('one');
  const key = additionsKey(interpreter, addition === undefined ? [] : [addition]);
  expect(additionsKey(interpreter, addition === undefined ? [] : [{ ...addition, code: `${addition.code}\n` }])).not.toBe(key);
});
