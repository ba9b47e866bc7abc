import { expect, test } from 'vitest';
import { runCli } from './cli-process.ts';
import { TemporaryDirectory } from './temporary-directory.ts';

test('-c runs code from the command line, with arguments after --', async () => {
  const end = await runCli(['run', '-c', 'import sys; print(6 * 7, sys.argv[1:])', '--', 'a', 'b']);
  expect(end).toEqual({ exitCode: 0, stdout: "42 ['a', 'b']\n", stderr: '' });
});

test.each([
  [['-c', 'console.log([1, 2].map((each) => each * 2).join())'], '2,4\n'],
  [['-c', 'echo one | tr a-z A-Z'], 'ONE\n'],
  [['--code', 'print(1)', '--language', 'javascript'], ''],
])('%j: the language is guessed, or set with --language', async (argv, stdout) => {
  expect((await runCli(['run', ...argv])).stdout).toBe(stdout);
});

test('-c reads standard input as the input of the program', async () => {
  const end = await runCli(['run', '-c', 'print(input().upper())', '--stdin', '-'], { stdin: 'hello\n' });
  expect(end).toEqual({ exitCode: 0, stdout: 'HELLO\n', stderr: '' });
});

test('-f uploads a directory, and a colon with a dot uploads its content into the workspace', async () => {
  await using directory = await TemporaryDirectory.with({ 'data/a.txt': 'A', 'data/deep/b.txt': 'B' });
  const code = 'import glob; print(sorted(glob.glob("**/*.txt", recursive=True)))';
  const run = async (upload: string): Promise<string> => (await runCli(['run', '-c', code, '-f', upload], { cwd: directory.path })).stdout;
  expect(await run('data')).toBe("['data/a.txt', 'data/deep/b.txt']\n");
  expect(await run('data:in')).toBe("['in/a.txt', 'in/deep/b.txt']\n");
  expect(await run('data:.')).toBe("['a.txt', 'deep/b.txt']\n");
  expect(await run('./data/')).toBe("['data/a.txt', 'data/deep/b.txt']\n");
});

test('--workdir is the directory of the program, below the workspace', async () => {
  await using directory = await TemporaryDirectory.with({ 'data/a.txt': 'A' });
  const argv = ['run', '-c', 'print(open("a.txt").read())', '-f', 'data', '--workdir', 'data'];
  expect(await runCli(argv, { cwd: directory.path })).toMatchObject({ exitCode: 0, stdout: 'A\n' });
});

test('--memory limits the memory of the program', async () => {
  const end = await runCli(['run', '--memory', '64m', '-c', 'x = bytearray(200_000_000); print("allocated")']);
  expect(end.stdout).toBe('');
  expect(end.exitCode).not.toBe(0);
});

test('files that were made without --out are counted, and uploads are not', async () => {
  await using directory = await TemporaryDirectory.with({ 'in.txt': 'x', 'make.py': 'open("a.txt", "w").write("a")\n' });
  const run = (...argv: string[]): ReturnType<typeof runCli> => runCli(['run', ...argv], { cwd: directory.path });
  expect((await run('make.py', '-f', 'in.txt')).stderr).toBe('sandpod: 1 file was made; --out DIR saves it.\n');
  const two = 'import os; os.mkdir("d"); open("d/a", "w"); open("b", "w"); open(".hidden", "w")';
  expect((await run('-c', two)).stderr).toBe('sandpod: 2 files were made; --out DIR saves them.\n');
  expect((await run('-q', '-c', two)).stderr).toBe('');
  expect((await run('-c', 'print(1)', '-f', 'in.txt')).stderr).toBe('');
});
