import { expect, it } from 'vitest';
import { ADDITIONS } from './additions/every-addition.ts';
import { preparePython } from './prepare-python.ts';
import { LIBRARY_FOLDER } from './python-layout.ts';
import { readSavedPython } from './saved-python.ts';
import { unpackFiles } from './shared-file-pack.ts';

it('the saved Python is the one that the package and the additions result in', { timeout: 60_000 }, async () => {
  const saved = readSavedPython();
  if (saved === undefined) throw new Error('Expected the build to have saved Python.');
  const prepared = await preparePython();
  expect(Buffer.compare(saved.interpreter, prepared.interpreter)).toBe(0);
  expect(Buffer.compare(Buffer.from(saved.library), Buffer.from(prepared.library))).toBe(0);
  const names = [...unpackFiles(saved.library).keys()];
  expect(names).toEqual(expect.arrayContaining(ADDITIONS.map(({ module }) => `${LIBRARY_FOLDER}/${module}.pyc`)));
});
