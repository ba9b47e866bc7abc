import { expect, it } from 'vitest';
import { codeFileName, isTmpCodeFile } from './code-file-name.ts';

it('names a file after the SHA-256 of its code in UTF-8', () => {
  expect(codeFileName('', 'txt')).toBe('tmp_code_e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.txt');
  expect(codeFileName('ü', 'py')).toBe('tmp_code_607474ca475a9724d7360aba71a56d5df77e61350e3f724cfa1f46e857e2d85f.py');
});

it('returns the same name for the same code, and another name for other code', () => {
  expect(codeFileName('print(1)\n', 'py')).toBe(codeFileName('print(1)\n', 'py'));
  expect(codeFileName('print(1)\n', 'py')).not.toBe(codeFileName('print(1)', 'py'));
});

it('recognizes generated names, and no other names', () => {
  expect(isTmpCodeFile(codeFileName('print(1)', 'py'))).toBe(true);
  expect(['tmp_code_x.py', `a/${codeFileName('', 'py')}`, 'main.py'].map(isTmpCodeFile)).toEqual([false, false, false]);
});
