import { expect, test } from 'vitest';
import { bytes, type Subject } from './subject.ts';

/** Listings and searches from deepagents' standard tests. */
export function testSearchCases({ backend, fresh }: Subject): void {
  test('ls returns absolute paths of all kinds of names, and ignores a slash at the end', async () => {
    const at = fresh();
    const names = ['.hidden', 'file with spaces.txt', 'file(1).txt', 'file-3.txt', '测试文件.txt', 'файл.txt'];
    for (const name of names) await backend().write(at(name), 'content');
    await backend().execute(`mkdir '${at('dir with spaces')}'`);
    const wanted = [...names.map(at), `${at('dir with spaces')}/`].sort();
    for (const path of [at('.'), `${at('.')}/`]) expect((await backend().ls(path)).files?.map((file) => file.path).sort()).toEqual(wanted);
    expect(await backend().ls(at('dir with spaces'))).toEqual({ files: [] });
  });

  test('ls lists many files', async () => {
    const at = fresh();
    await backend().execute(`mkdir -p '${at('.')}' && cd '${at('.')}' && for i in $(seq 50); do echo x > file_$i; done`);
    expect((await backend().ls(at('.'))).files).toHaveLength(50);
  });

  test.each([
    ['*', ['.dot', 'deep/', 'empty/', 'file1.txt', 'file10.txt', 'file2.txt', 'fileA.txt', 'main.py']],
    ['*.txt', ['file1.txt', 'file10.txt', 'file2.txt', 'fileA.txt']],
    ['.*', ['.dot']],
    ['file[1-2].txt', ['file1.txt', 'file2.txt']],
    ['file[!1].txt', ['file2.txt', 'fileA.txt']],
    ['file?.txt', ['file1.txt', 'file2.txt', 'fileA.txt']],
    ['*.{py,md}', ['main.py']],
    ['*.none', []],
    ['**/*.py', ['deep/er/main.py', 'deep/main.py', 'main.py']],
    ['**/deep.txt', ['deep/er/and/er/deep.txt']],
    ['deep/**/main.py', ['deep/er/main.py', 'deep/main.py']],
    ['deep/*', ['deep/er/', 'deep/main.py']],
  ])('glob %s', async (pattern, expected) => {
    const at = await tree();
    const { error, files = [] } = await backend().glob(pattern, at('.'));
    expect(error).toBeUndefined();
    expect(files.map(({ path, is_dir }) => (is_dir ? `${path}/` : path)).sort()).toEqual(expected);
  });

  let made: ((path: string) => string) | undefined;
  async function tree(): Promise<(path: string) => string> {
    if (made) return made;
    const at = fresh();
    const names = '.dot file1.txt file10.txt file2.txt fileA.txt main.py deep/main.py deep/er/main.py deep/er/and/er/deep.txt';
    await backend().uploadFiles(names.split(' ').map((name) => [at(name), bytes(`This is ${name}\nTHIS (line) costs $1.5\n`)]));
    await backend().execute(`mkdir '${at('empty')}'`);
    made = at;
    return at;
  }

  test.each([
    ['This is deep/', undefined, ['deep/er/and/er/deep.txt:1', 'deep/er/main.py:1', 'deep/main.py:1']],
    ['(line) costs $1.5', '*.py', ['deep/er/main.py:2', 'deep/main.py:2', 'main.py:2']],
    ['costs', 'deep/**/*.py', ['deep/er/main.py:2', 'deep/main.py:2']],
    ['costs', '**/main.py', ['deep/er/main.py:2', 'deep/main.py:2', 'main.py:2']],
    ['costs', 'file{1,A}.*', ['file1.txt:2', 'fileA.txt:2']],
    ['this', undefined, []],
    ['c.sts', undefined, []],
  ])('grep %s in %s', async (pattern, glob, expected) => {
    const at = await tree();
    const { error, matches = [] } = await backend().grep(pattern, at('.'), glob);
    expect(error).toBeUndefined();
    expect(matches.map(({ path, line }) => `${path.slice(at('.').length + 1)}:${line}`).sort()).toEqual(expected);
  });

  test('grep finds several lines of a file, other scripts, and nothing in an empty directory', async () => {
    const at = fresh();
    const lines = Array.from({ length: 100 }, (_, index) => `Line ${index + 1}${index % 40 === 0 ? ' 世界' : ''}`);
    await backend().write(at('long.txt'), lines.join('\n'));
    expect((await backend().grep('世界', at('.'))).matches?.map(({ line }) => line)).toEqual([1, 41, 81]);
    expect((await backend().grep('Line 50', at('.'))).matches).toMatchObject([{ line: 50, text: 'Line 50' }]);
    await backend().execute(`mkdir -p '${at('empty')}'`);
    expect(await backend().grep('Line', at('empty'))).toEqual({ matches: [], truncated: false });
  });
}
