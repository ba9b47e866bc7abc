import { access, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from './cli-process.ts';
import { TemporaryDirectory } from './temporary-directory.ts';

test('files that the run created or changed are saved with their content; code and unchanged files are not', async () => {
  const code = `
import os
os.makedirs("plots/deep")
open("plots/deep/a.bin", "wb").write(bytes(range(256)) * 4096)
open("summary.txt", "w").write("héllo\\n")
open("changed.txt", "a").write("more")
`;
  await using directory = await TemporaryDirectory.with({ 'main.py': code, 'changed.txt': 'some ', 'untouched.txt': 'x' });
  const argv = ['run', '--out', 'results', '-f', 'changed.txt', '-f', 'untouched.txt', 'main.py'];
  expect(await runCli(argv, { cwd: directory.path })).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  const out = join(directory.path, 'results');
  expect((await readdir(out, { recursive: true })).sort()).toEqual([
    'changed.txt',
    'plots',
    'plots/deep',
    'plots/deep/a.bin',
    'summary.txt',
  ]);
  expect(await readFile(join(out, 'summary.txt'), 'utf8')).toBe('héllo\n');
  expect(await readFile(join(out, 'changed.txt'), 'utf8')).toBe('some more');
  const bytes = await readFile(join(out, 'plots/deep/a.bin'));
  expect(bytes.length).toBe(1024 * 1024);
  expect(bytes.subarray(0, 256)).toEqual(Buffer.from(Array.from({ length: 256 }, (_, index) => index)));
});

test('a file too large for the result is streamed from the sandbox', async () => {
  const code = 'with open("big.bin", "wb") as file:\n    for _ in range(20): file.write(b"x" * 1024 * 1024)\n';
  await using directory = await TemporaryDirectory.with({ 'main.py': code });
  expect(await runCli(['run', '--out', 'o', 'main.py'], { cwd: directory.path })).toMatchObject({ exitCode: 0, stderr: '' });
  expect((await readFile(join(directory.path, 'o/big.bin'))).length).toBe(20 * 1024 * 1024);
});

test('hostile names and links from the guest write nothing outside the directory', async () => {
  const code = `
import os
for name in ["ok.txt", "new\\nline", "esc\\x1b[2J", ".hidden", "-rf", "a\\\\b"]:
    open(name, "w").write("guest")
for target, link in [("/etc/passwd", "passwd"), ("..", "up"), ("../outside.txt", "out-link")]:
    try: os.symlink(target, link)
    except OSError: pass
`;
  await using directory = await TemporaryDirectory.with({ 'main.py': code, 'outside.txt': 'untouched' });
  const end = await runCli(['run', '--out', 'results', 'main.py'], { cwd: directory.path });
  const saved = await readdir(join(directory.path, 'results'), { recursive: true });
  expect(saved).toContain('ok.txt');
  expect(saved.every((name) => /^[ -~]+$/.test(name) && !name.startsWith('.'))).toBe(true);
  expect(saved).not.toEqual(expect.arrayContaining(['passwd']));
  expect((await readdir(directory.path)).sort()).toEqual(['main.py', 'outside.txt', 'results']);
  expect(await readFile(join(directory.path, 'outside.txt'), 'utf8')).toBe('untouched');
  expect(end.stderr).not.toContain('\u001b');
});

test('a link in the directory is neither followed nor replaced, and the command fails', async () => {
  await using directory = await TemporaryDirectory.with({ 'main.py': 'open("x.txt", "w").write("guest")', 'outside.txt': 'untouched' });
  await symlink('.', join(directory.path, 'results'));
  await symlink('outside.txt', join(directory.path, 'x.txt'));
  const end = await runCli(['run', '--out', 'results', 'main.py'], { cwd: directory.path });
  expect(end).toEqual({ exitCode: 125, stdout: '', stderr: 'sandpod: "x.txt" was not saved: a symbolic link already has this name.\n' });
  expect(await readFile(join(directory.path, 'outside.txt'), 'utf8')).toBe('untouched');
});

test('an unusable directory is rejected before anything runs', async () => {
  await using directory = await TemporaryDirectory.with({ 'main.py': 'print("ran")', results: 'a file' });
  const end = await runCli(['run', '--out', 'results', 'main.py'], { cwd: directory.path });
  expect(end).toMatchObject({ exitCode: 2, stdout: '' });
  expect(end.stderr).toContain('--out results cannot be used: it is not a directory');
});

test('files of a failed run are saved too', async () => {
  await using directory = await TemporaryDirectory.with({ 'main.py': 'open("x.txt", "w").write("1")\nraise SystemExit(3)' });
  await writeFile(join(directory.path, 'keep'), '');
  expect(await runCli(['run', '-q', '--out', '.', 'main.py'], { cwd: directory.path })).toMatchObject({ exitCode: 3 });
  await access(join(directory.path, 'x.txt'));
});
