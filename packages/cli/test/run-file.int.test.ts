import { expect, test } from 'vitest';
import { runCli } from './cli-process.ts';
import { TemporaryDirectory } from './temporary-directory.ts';

test('a Python file runs with its arguments, and its streams stay apart', async () => {
  const code = 'import sys\nprint("out", sys.argv[1:])\nprint("err", file=sys.stderr)\n';
  await using directory = await TemporaryDirectory.with({ 'main.py': code });
  const end = await runCli(['run', 'main.py', '--', '--fast', 'a b'], { cwd: directory.path });
  expect(end).toEqual({ exitCode: 0, stdout: "out ['--fast', 'a b']\n", stderr: 'err\n' });
});

test('a JavaScript file runs', async () => {
  await using directory = await TemporaryDirectory.with({ 'main.js': 'console.log([1, 2, 3].map((n) => n * n).join())' });
  expect(await runCli(['run', 'main.js'], { cwd: directory.path })).toEqual({ exitCode: 0, stdout: '1,4,9\n', stderr: '' });
});

test('a shell file runs', async () => {
  await using directory = await TemporaryDirectory.with({ 'main.sh': 'printf "b\\na\\n" | sort; echo done >&2' });
  expect(await runCli(['run', 'main.sh'], { cwd: directory.path })).toEqual({ exitCode: 0, stdout: 'a\nb\n', stderr: 'done\n' });
});

test('--language sets the language of a file without an extension', async () => {
  await using directory = await TemporaryDirectory.with({ script: 'print(6 * 7)' });
  expect(await runCli(['run', '--language', 'py', 'script'], { cwd: directory.path })).toMatchObject({ exitCode: 0, stdout: '42\n' });
});

test('--language sets the language of standard input', async () => {
  expect(await runCli(['run', '-l', 'python', '-'], { stdin: 'print("```")' })).toMatchObject({ exitCode: 0, stdout: '```\n' });
});

test('the exit code is the program’s, and error messages name its file', async () => {
  await using directory = await TemporaryDirectory.with({ 'broken.py': 'import sys\nsys.exit(3)', 'raise.py': '1 / 0' });
  const exited = await runCli(['run', 'broken.py'], { cwd: directory.path });
  expect(exited.exitCode).toBe(3);
  expect(exited.stderr).toMatch(/^sandpod: failed after .*code 3/);
  const raised = await runCli(['run', 'raise.py'], { cwd: directory.path });
  expect(raised.exitCode).toBe(1);
  expect(raised.stderr).toContain('raise.py", line 1');
  expect(raised.stderr).toContain('ZeroDivisionError');
});

test('--quiet adds nothing to what the program wrote', async () => {
  await using directory = await TemporaryDirectory.with({ 'main.py': 'import sys\nprint("only this")\nsys.exit(3)' });
  expect(await runCli(['run', '--quiet', 'main.py'], { cwd: directory.path })).toEqual({ exitCode: 3, stdout: 'only this\n', stderr: '' });
});

test('--env sets values, a key alone copies its value, and no other variable of the environment is passed', async () => {
  const code = 'import os\nprint(os.environ["A"], os.environ["TOKEN"], os.environ.get("CANARY"))';
  await using directory = await TemporaryDirectory.with({ 'main.py': code });
  const env = { TOKEN: 'from here', CANARY: 'host' };
  const end = await runCli(['run', '-e', 'A=1=2', '--env', 'TOKEN', 'main.py'], { cwd: directory.path, env });
  expect(end).toMatchObject({ exitCode: 0, stdout: '1=2 from here None\n' });
});

test('--file writes bytes to the workspace, under another name if requested', async () => {
  const code = 'print(list(open("data.bin", "rb").read()), open("in/renamed.txt").read())';
  await using directory = await TemporaryDirectory.with({ 'main.py': code, 'data.bin': new Uint8Array([0, 255, 10]), 'text.txt': 'héllo' });
  const end = await runCli(['run', '-f', 'data.bin', '--file', 'text.txt:in/renamed.txt', 'main.py'], { cwd: directory.path });
  expect(end).toEqual({ exitCode: 0, stdout: '[0, 255, 10] héllo\n', stderr: '' });
});

test('--file does not write outside the workspace', async () => {
  await using directory = await TemporaryDirectory.with({ 'main.py': 'print("ran")', x: 'x' });
  const end = await runCli(['run', '-f', 'x:../escape', 'main.py'], { cwd: directory.path });
  expect(end).toMatchObject({ exitCode: 2, stdout: '' });
  expect(end.stderr).toContain('../escape');
});

test('--stdin passes a file or standard input to the program', async () => {
  await using directory = await TemporaryDirectory.with({ 'main.py': 'import sys\nprint(sys.stdin.read().upper())', input: 'from a file' });
  expect(await runCli(['run', '--stdin', 'input', 'main.py'], { cwd: directory.path })).toMatchObject({ stdout: 'FROM A FILE\n' });
  expect(await runCli(['run', '--stdin', '-', 'main.py'], { cwd: directory.path, stdin: 'piped' })).toMatchObject({ stdout: 'PIPED\n' });
});

test('without --stdin the program cannot read the standard input of the command', async () => {
  await using directory = await TemporaryDirectory.with({ 'main.py': 'import sys\nprint(repr(sys.stdin.read()))' });
  expect(await runCli(['run', 'main.py'], { cwd: directory.path, stdin: 'not for you' })).toMatchObject({ exitCode: 0, stdout: "''\n" });
});

test('output of a program is passed to a pipe as is', async () => {
  const code = 'import sys\nsys.stdout.write("\\x1b[31mred\\x1b[0m\\x1b]52;c;eA==\\x07 \\u202e")';
  await using directory = await TemporaryDirectory.with({ 'main.py': code });
  expect((await runCli(['run', 'main.py'], { cwd: directory.path })).stdout).toBe('\u001b[31mred\u001b[0m\u001b]52;c;eA==\u0007 \u202e');
});
