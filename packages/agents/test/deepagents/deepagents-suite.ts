import { posix } from 'node:path';
import type { Sandbox, SandboxProvider } from '@sandpod/core';
import { isSandboxBackend } from 'deepagents';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SandpodBackend, toDeepAgentsBackend } from '../../src/deepagents/index.ts';
import { testReadAndEditCases, testWriteCases } from './content-cases.ts';
import { testAnswerCases, testPathCases } from './path-cases.ts';
import { testSearchCases } from './search-cases.ts';
import { bytes, type Subject } from './subject.ts';

/** What deepagents expects from a sandbox backend, grouped as in its standard tests. */
export function testDeepAgentsBackend({ name, provider }: { readonly name: string; readonly provider: () => SandboxProvider }): void {
  describe(`deepagents on ${name}`, () => {
    let sandbox: Sandbox;
    let backend: SandpodBackend;
    let directory = 0;
    beforeAll(async () => {
      sandbox = await provider().create();
      backend = toDeepAgentsBackend(sandbox, { timeoutMs: 60_000 });
    }, 120_000);
    afterAll(() => sandbox?.[Symbol.asyncDispose]());

    test('is recognised as a sandbox', () => {
      expect(isSandboxBackend(backend)).toBe(true);
      expect(backend.id).toBe(sandbox.id);
    });

    const fresh = (): ((path: string) => string) => {
      directory += 1;
      const base = posix.join(sandbox.workspace, `test-${directory}`);
      return (path) => posix.join(base, path);
    };
    const subject: Subject = { sandbox: () => sandbox, backend: () => backend, fresh };
    describe('execute', () => testExecute(subject));
    describe('files', () => testFiles(subject));
    describe('write, read and edit', () => testContents(subject));
    describe('ls and delete', () => testTrees(subject));
    describe('grep and glob', () => testSearch(subject));
    for (const cases of [testWriteCases, testReadAndEditCases, testSearchCases, testPathCases, testAnswerCases]) cases(subject);
  });
}

function testExecute({ sandbox, backend }: Subject): void {
  test('returns output and exit code', async () => {
    expect(await backend().execute('echo hello')).toEqual({ output: 'hello\n', exitCode: 0, truncated: false });
    expect(await backend().execute('echo oops >&2; exit 3')).toEqual({ output: 'oops\n', exitCode: 3, truncated: false });
  });

  test('keeps files for the next command, and starts in the workspace', async () => {
    await backend().execute('printf kept > kept.txt');
    expect((await backend().execute('cat kept.txt; pwd')).output).toBe(`kept${sandbox().workspace}\n`);
  });

  test('returns output without terminal codes', async () => {
    const { output } = await backend().execute(`printf '\\033]0;title\\007\\033[31mred\\033[0m\\n'`);
    expect(output).toBe('red\n');
  });

  test('cuts a flood of output and says so', async () => {
    const small = toDeepAgentsBackend(sandbox(), { keptOutputBytes: 1_000 });
    const { output, truncated } = await small.execute('i=0; while [ $i -lt 1000 ]; do echo line $i; i=$((i+1)); done');
    expect(truncated).toBe(true);
    expect(output).toMatch(/^line 0\n[\s\S]*line 999\n$/);
    expect(output.length).toBeLessThan(1_300);
  });

  test('ends a command at the time limit, with the output so far and the reason', async () => {
    const hasty = toDeepAgentsBackend(sandbox(), { timeoutMs: 1_000 });
    const { output, exitCode } = await hasty.execute('echo begun; sleep 60; echo never');
    expect(exitCode).toBe(124);
    expect(output).toMatch(/^begun\n\[.*\]\n$/);
  });

  test('is killed by its abort signal', async () => {
    const controller = new AbortController();
    const running = toDeepAgentsBackend(sandbox(), { abortSignal: controller.signal }).execute('sleep 60');
    controller.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
  });
}

function testFiles({ backend, fresh }: Subject): void {
  test('are uploaded and downloaded with their exact bytes', async () => {
    const at = fresh();
    const content = new Uint8Array(Array.from({ length: 256 }, (_, index) => index));
    expect(await backend().uploadFiles([[at('deep/all.bin'), content]])).toEqual([{ path: at('deep/all.bin'), error: null }]);
    const [down] = await backend().downloadFiles([at('deep/all.bin')]);
    expect(down?.content).toEqual(content);
  });

  test('fail independently, with the error codes of deepagents', async () => {
    const at = fresh();
    await backend().uploadFiles([[at('dir/file.txt'), bytes('x')]]);
    const up = await backend().uploadFiles([
      [at('ok.txt'), bytes('ok')],
      [at('dir'), bytes('x')],
      [at('dir/file.txt/below'), bytes('x')],
      ['../outside', bytes('x')],
    ]);
    expect(up.map(({ error }) => error)).toEqual([null, 'is_directory', 'invalid_path', 'invalid_path']);
    const down = await backend().downloadFiles([at('ok.txt'), at('missing'), at('dir'), 'bad\0name']);
    expect(down.map(({ error }) => error)).toEqual([null, 'file_not_found', 'is_directory', 'invalid_path']);
  });
}

function testContents({ backend, fresh }: Subject): void {
  test('write creates parent directories and overwrites', async () => {
    const at = fresh();
    expect(await backend().write(at('a/b/c.txt'), 'one')).toMatchObject({ path: at('a/b/c.txt') });
    await backend().write(at('a/b/c.txt'), 'two');
    expect((await backend().readRaw(at('a/b/c.txt'))).data?.content).toBe('two');
  });

  test('write and read keep quotes, dollars, backslashes and other scripts', async () => {
    const at = fresh();
    const text = `it's "quoted" $HOME \`id\` back\\slash\nzweite Zeile – 数据 🎉\n`;
    await backend().write(at('it’s a "name" $HOME.txt'), text);
    expect((await backend().readRaw(at('it’s a "name" $HOME.txt'))).data?.content).toBe(text);
    expect((await backend().read(at('it’s a "name" $HOME.txt'))).content).toContain('zweite Zeile – 数据 🎉');
  });

  test('read numbers lines and takes a range', async () => {
    const at = fresh();
    await backend().write(at('lines.txt'), Array.from({ length: 20 }, (_, index) => `line ${index + 1}\n`).join(''));
    const { content, totalLines } = await backend().read(at('lines.txt'), 9, 2);
    expect(content).toMatch(/^ *10\tline 10\n *11\tline 11\n$/);
    expect(totalLines).toBe(20);
    expect((await backend().read(at('missing.txt'))).error).toContain('not found');
    await backend().write(at('empty.txt'), '');
    expect((await backend().read(at('empty.txt'))).content).toContain('empty');
  });

  test('read, grep and edit see terminal codes in a file as is', async () => {
    const at = fresh();
    const text = 'plain\n\u001b[31mred\u001b[0m \u0007 bell\n';
    await backend().write(at('codes.txt'), text);
    expect((await backend().read(at('codes.txt'))).content).toContain('\u001b[31mred\u001b[0m \u0007 bell');
    const { matches = [] } = await backend().grep('red', at('.'));
    expect(matches).toMatchObject([{ line: 2, text: '\u001b[31mred\u001b[0m \u0007 bell' }]);
    expect(await backend().edit(at('codes.txt'), '\u001b[31mred\u001b[0m', 'white')).toMatchObject({ occurrences: 1 });
    expect((await backend().readRaw(at('codes.txt'))).data?.content).toBe('plain\nwhite \u0007 bell\n');
  });

  test('edit replaces one or all occurrences, and refuses text that is missing or not unique', async () => {
    const at = fresh();
    await backend().write(at('e.txt'), 'red green red');
    expect((await backend().edit(at('e.txt'), 'red', 'blue')).error).toContain('Multiple');
    expect(await backend().edit(at('e.txt'), 'green', 'white')).toMatchObject({ occurrences: 1 });
    expect(await backend().edit(at('e.txt'), 'red', 'blue', true)).toMatchObject({ occurrences: 2 });
    expect((await backend().readRaw(at('e.txt'))).data?.content).toBe('blue white blue');
    expect((await backend().edit(at('e.txt'), 'purple', 'x')).error).toContain('not found');
  });
}

function testTrees({ sandbox, backend, fresh }: Subject): void {
  test('ls lists one level, with a slash after directories', async () => {
    const at = fresh();
    await backend().uploadFiles([
      [at('top.txt'), bytes('12345')],
      [at('sub/below.txt'), bytes('x')],
    ]);
    const { files = [] } = await backend().ls(at('.'));
    expect(files.map(({ path, is_dir }) => [path, is_dir]).sort()).toEqual([
      [`${at('sub')}/`, true],
      [at('top.txt'), false],
    ]);
    expect(files.find(({ is_dir }) => !is_dir)?.size).toBe(5);
    expect((await backend().ls(at('missing'))).files).toEqual([]);
  });

  test('ls and grep never show a part of what there is as the whole', async () => {
    const at = fresh();
    await backend().execute(`mkdir -p '${at('many')}' && cd '${at('many')}' && for i in $(seq 2001); do echo found > file$i; done`);
    const small = toDeepAgentsBackend(sandbox(), { keptOutputBytes: 10_000 });
    expect(await small.ls(at('many'))).toEqual({ error: expect.stringContaining('too many entries') });
    expect(await small.grep('found', at('many'), null, 500)).toMatchObject({ truncated: true });
  });

  test('ls and glob list a file whose time no date can represent', async () => {
    const at = fresh();
    await backend().uploadFiles([[at('late.txt'), bytes('x')]]);
    // Not every file system keeps such a time.
    await backend().execute(`touch -d @99999999999999 '${at('late.txt')}' || true`);
    expect((await backend().ls(at('.'))).files).toMatchObject([{ size: 1, is_dir: false }]);
    expect((await backend().glob('*.txt', at('.'))).files).toHaveLength(1);
  });

  test('delete removes files and trees, and reports a missing path', async () => {
    const at = fresh();
    await backend().uploadFiles([[at('tree/leaf.txt'), bytes('x')]]);
    expect((await backend().delete(at('tree'))).error).toBeUndefined();
    expect(await sandbox().stat({ path: at('tree/leaf.txt') })).toBeNull();
    expect((await backend().delete(at('tree'))).error).toContain('not found');
  });
}

function testSearch({ backend, fresh }: Subject): void {
  test('shows no code files of executors', async () => {
    const at = fresh();
    for (const name of ['tmp_code_0123abcd.py', 'tmp_code_0123abcd4567ef01.sh', 'kept.py']) await backend().write(at(name), 'needle');
    const names = (found: readonly { readonly path: string }[] | undefined): string[] =>
      found?.map(({ path }) => posix.basename(path)) ?? [];
    expect(names((await backend().ls(at('.'))).files)).toEqual(['kept.py']);
    expect(names((await backend().glob('*', at('.'))).files)).toEqual(['kept.py']);
    expect(names((await backend().grep('needle', at('.'))).matches)).toEqual(['kept.py']);
  });

  test('grep finds literal text with path and line', async () => {
    const at = fresh();
    await backend().uploadFiles([
      [at('one.py'), bytes('import os\nprint("a.b*c")\n')],
      [at('two.txt'), bytes('a.b*c here\naxbxc not\n')],
    ]);
    const { matches = [] } = await backend().grep('a.b*c', at('.'));
    expect(matches.map(({ path, line, text }) => [path, line, text]).sort()).toEqual([
      [at('one.py'), 2, 'print("a.b*c")'],
      [at('two.txt'), 1, 'a.b*c here'],
    ]);
    expect((await backend().grep('a.b*c', at('.'), '*.py')).matches).toHaveLength(1);
    expect((await backend().grep("it's $(id)", at('.'))).matches).toEqual([]);
  });

  test('glob matches below a directory', async () => {
    const at = fresh();
    await backend().uploadFiles([
      [at('a.py'), bytes('1')],
      [at('deep/er/b.py'), bytes('2')],
      [at('deep/c.txt'), bytes('3')],
    ]);
    const names = async (pattern: string): Promise<string[]> => {
      const { error, files = [] } = await backend().glob(pattern, at('.'));
      expect(error).toBeUndefined();
      return files.map(({ path }) => path).sort();
    };
    expect(await names('*.py')).toEqual(['a.py']);
    expect(await names('**/*.py')).toEqual(['a.py', 'deep/er/b.py']);
  });
}
