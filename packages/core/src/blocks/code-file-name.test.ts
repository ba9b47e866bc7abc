import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { CodeFileNames, isTmpCodeFile } from './code-file-name.ts';

it('names a file after the first eight digits of the SHA-256 of its code in UTF-8', () => {
  const names = new CodeFileNames();
  expect(names.nameOf('', 'txt')).toBe('tmp_code_e3b0c442.txt');
  expect(names.nameOf('ü', 'py')).toBe('tmp_code_607474ca.py');
});

it('returns the same name for the same code, and another name for other code', () => {
  const names = new CodeFileNames();
  expect(names.nameOf('print(1)\n', 'py')).toBe(names.nameOf('print(1)\n', 'py'));
  expect(names.nameOf('print(1)\n', 'py')).not.toBe(names.nameOf('print(1)', 'py'));
});

it('lengthens the name of other code whose short name would be the same', () => {
  const [one, other] = ['print(61722)', 'print(113913)'] as const;
  const digits = [one, other].map((code) => createHash('sha256').update(code).digest('hex').slice(0, 8));
  expect(new Set(digits).size).toBe(1);
  const names = new CodeFileNames();
  const [first, second] = [names.nameOf(one, 'py'), names.nameOf(other, 'py')];
  expect(first).toMatch(/^tmp_code_[0-9a-f]{8}\.py$/);
  expect(second).toMatch(/^tmp_code_[0-9a-f]{16}\.py$/);
  expect([names.nameOf(one, 'py'), names.nameOf(other, 'py')]).toEqual([first, second]);
  expect([first, second].map(isTmpCodeFile)).toEqual([true, true]);
});

it('recognizes generated names, and no other names', () => {
  const name = new CodeFileNames().nameOf('print(1)', 'py');
  expect(isTmpCodeFile(name)).toBe(true);
  expect(['tmp_code_x.py', 'tmp_code_e3b0c44.py', `a/${name}`, 'main.py'].map(isTmpCodeFile)).toEqual([false, false, false, false]);
});
