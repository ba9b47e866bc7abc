import { expect, test } from 'vitest';
import { stripTypes } from './strip-types.ts';

test('types are replaced with spaces, and lines and columns stay the same', async () => {
  expect(await stripTypes('type A = 1;\nconst a: A = 1; // ü\nlet b = a as A;')).toBe('           \nconst a    = 1; // ü\nlet b = a     ;');
});

test.each([
  ['const a = 1;\nenum A { B }', 'enum is not supported', 2],
  ['\n\nconst a: = 3;', 'Unexpected token', 3],
  ['class A { constructor(private b: number) {} }', 'parameter property', 1],
])('%j is refused with the line number', async (code, problem, line) => {
  const stripping = stripTypes(code);
  await expect(stripping).rejects.toThrow(problem);
  await expect(stripping).rejects.toThrow(
    expect.objectContaining({ code: 'unsupported', message: expect.stringContaining(`(line ${line})`) }),
  );
});

test('code that breaks the parser does not affect later code or this process', async () => {
  await expect(stripTypes('('.repeat(100_000))).rejects.toThrow(expect.objectContaining({ code: 'unsupported' }));
  expect(await stripTypes('let a: number')).toBe('let a        ');
});

test('an abort rejects the call with the abort reason', async () => {
  const reason = new Error('enough');
  await expect(stripTypes('let a: number', AbortSignal.abort(reason))).rejects.toBe(reason);
  const controller = new AbortController();
  const stripping = stripTypes('let a = 1;\n'.repeat(200_000), controller.signal);
  controller.abort(reason);
  await expect(stripping).rejects.toBe(reason);
});
