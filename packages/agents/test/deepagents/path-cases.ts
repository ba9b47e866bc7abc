import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { bytes, type Subject } from './subject.ts';

/** Arguments that models and deepagents itself pass, and that must get an answer. */
export function testPathCases({ backend, fresh }: Subject): void {
  test('ls, glob and grep on the path of a file answer', async () => {
    const at = fresh();
    await backend().write(at('file.txt'), 'found');
    expect((await backend().ls(at('file.txt'))).files).toMatchObject([{ path: at('file.txt'), is_dir: false, size: 5 }]);
    expect(await backend().glob('*', at('file.txt'))).toMatchObject({ files: [] });
    expect((await backend().grep('found', at('file.txt'), '*.txt')).matches).toMatchObject([{ path: at('file.txt'), line: 1 }]);
    expect((await backend().ls(at('file.txt/below'))).files ?? []).toEqual([]);
  });

  test('paths that cannot exist get an answer', async () => {
    for (const path of ['bad\0name', `/${'x'.repeat(5_000)}`]) {
      expect((await backend().ls(path)).files ?? []).toEqual([]);
      expect((await backend().glob('*', path)).files ?? []).toEqual([]);
      expect((await backend().grep('x', path)).matches ?? []).toEqual([]);
      expect((await backend().read(path)).error).toBeTruthy();
      expect((await backend().write(path, 'x')).error).toBeTruthy();
      expect((await backend().delete(path)).error).toBeTruthy();
    }
    expect((await backend().glob('[', null)).error).toContain('glob');
  });

  test.each([[null], [undefined], ['/']])('with the path %j, glob and grep search the workspace', async (path) => {
    const at = fresh();
    await backend().write(at('needle.note'), 'some needle-in-the-workspace');
    const { files = [] } = await backend().glob('**/needle.note', path);
    expect(files.map((file) => file.path)).toContain(at('needle.note'));
    const { matches = [] } = await backend().grep('needle-in-the-workspace', path);
    expect(matches.map((match) => match.path)).toContain(at('needle.note'));
    if (path !== '/') expect((await backend().ls(path)).files?.map((file) => file.path)).toContain(`${posix.join(at('.'), '.')}/`);
  });

  test('glob with an absolute pattern returns absolute paths', async () => {
    const at = fresh();
    await backend().write(at('a/one.md'), 'x');
    for (const path of [undefined, '/', at('.')])
      expect((await backend().glob(at('**/*.md'), path)).files).toMatchObject([{ path: at('a/one.md') }]);
  });

  test('deepagents keeps large results and old messages in the workspace', async () => {
    for (const directory of ['/large_tool_results', '/conversation_history']) {
      const path = `${directory}/call-1.txt`;
      const real = backend().workspace + path;
      expect(await backend().write(path, 'first line\nsecond line\n')).toMatchObject({ path });
      expect((await backend().read(path, 1, 1)).content).toContain('second line');
      expect((await backend().grep('second', directory)).matches).toMatchObject([{ path: real, line: 2 }]);
      expect((await backend().ls(directory)).files).toMatchObject([{ path: real }]);
      expect(await backend().edit(path, 'first', 'last')).toMatchObject({ occurrences: 1 });
      expect((await backend().downloadFiles([path]))[0]?.content).toEqual(bytes('last line\nsecond line\n'));
      expect((await backend().execute(`cat ${real}`)).output).toBe('last line\nsecond line\n');
      expect((await backend().delete(directory)).error).toBeUndefined();
    }
  });
}

/** Cases in which the answer must be neither more nor less than there is. */
export function testAnswerCases({ backend, fresh }: Subject): void {
  test('grep leaves out binary files, whatever their name', async () => {
    const at = fresh();
    await backend().uploadFiles([
      [at('text'), bytes('needle\n')],
      [at('data.txt'), bytes('needle\n\0\x01\x02')],
      [at('name:1:with colons'), bytes('needle\n')],
    ]);
    const { matches = [] } = await backend().grep('needle', at('.'));
    expect(matches.map(({ path }) => path).sort()).toEqual([at('name:1:with colons'), at('text')]);
    expect((await backend().read(at('data.txt'))).content ?? '').not.toContain('\0');
  });

  test('grep is truncated only if there are more matches than the maximum', async () => {
    const at = fresh();
    await backend().write(at('three.txt'), 'x\nx\nx\n');
    expect(await backend().grep('x', at('.'), null, 3)).toMatchObject({ truncated: false, matches: { length: 3 } });
    expect(await backend().grep('x', at('.'), null, 2)).toMatchObject({ truncated: true, matches: { length: 2 } });
  });

  test('code files of an executor are not listed', async () => {
    const at = fresh();
    await backend().write(at('tmp_code_0123456789abcdef.py'), 'needle');
    expect(await backend().ls(at('.'))).toEqual({ files: [] });
    expect(await backend().glob('**', at('.'))).toMatchObject({ files: [] });
    expect(await backend().grep('needle', at('.'))).toMatchObject({ matches: [] });
  });

  test('an error about a path outside the workspace names the workspace', async () => {
    expect((await backend().read('/missing.csv')).error).toContain(backend().workspace);
    expect((await backend().write('/', 'x')).error).toContain(backend().workspace);
  });
}
