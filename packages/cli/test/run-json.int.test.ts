import { expect, test } from 'vitest';
import { runCli } from './cli-process.ts';
import { TemporaryDirectory } from './temporary-directory.ts';

const keys = ['outcome', 'exitCode', 'output', 'stdout', 'stderr', 'blocks', 'files', 'results', 'stateLost', 'durationMs'];

test('the document is the result, with files as base64, and nothing else is printed', async () => {
  await using directory = await TemporaryDirectory.with({ 'main.py': 'open("a.bin", "wb").write(bytes([0, 255]))\nprint("done")' });
  const end = await runCli(['run', '--json', 'main.py'], { cwd: directory.path });
  expect(end).toMatchObject({ exitCode: 0, stderr: '' });
  const document = JSON.parse(end.stdout);
  expect(Object.keys(document)).toEqual(expect.arrayContaining(keys));
  expect(document).toMatchObject({ outcome: 'ok', exitCode: 0, stdout: 'done\n', codeFile: 'main.py', stateLost: false });
  expect(document.files).toEqual([{ path: 'a.bin', size: 2, mediaType: 'application/octet-stream', content: 'AP8=' }]);
  expect(document.blocks).toMatchObject([{ language: 'python', outcome: 'ok', codeFile: 'main.py' }]);
});

test('a failing answer is a document with a result for each block that ran', async () => {
  const end = await runCli(['run', '--json', 'examples/answers/failing.md']);
  expect(end).toMatchObject({ exitCode: 1, stderr: '' });
  const document = JSON.parse(end.stdout);
  expect(document).toMatchObject({ outcome: 'failed', exitCode: 1 });
  expect(document.blocks).toHaveLength(2);
  expect(document.stderr).toContain('ZeroDivisionError');
});

test('a run that timed out keeps its output', async () => {
  await using directory = await TemporaryDirectory.with({ 'main.py': 'print("so far", flush=True)\nwhile True: pass' });
  const end = await runCli(['run', '--json', '-t', '4', 'main.py'], { cwd: directory.path });
  expect(end).toMatchObject({ exitCode: 124, stderr: '' });
  expect(JSON.parse(end.stdout)).toMatchObject({ outcome: 'timeout', exitCode: null, stdout: 'so far\n' });
});

test.each([
  [['run', '--json', 'missing.py'], 2, 'usage'],
  [['run', '--json', '--timeout', 'soon', 'x.py'], 2, 'usage'],
  [['run', '--json', '--bogus'], 2, 'usage'],
  [['run', '--json', '--on', 'nowhere', 'x.py'], 2, 'unknown-backend'],
])('%j: the error that prevented the run is a JSON document', async (argv, exitCode, code) => {
  const end = await runCli(argv);
  expect(end).toMatchObject({ exitCode, stderr: '' });
  const { error } = JSON.parse(end.stdout);
  expect(error).toMatchObject({ code, message: expect.any(String), advice: expect.any(String) });
});

test('escape sequences of the program cannot reach a terminal through the document', async () => {
  await using directory = await TemporaryDirectory.with({ 'main.py': 'print("\\x1b[2J\\x9b31m\\u202e")' });
  const { stdout } = await runCli(['run', '--json', 'main.py'], { cwd: directory.path });
  expect(stdout).toMatch(/^[\n -~]*$/);
  expect(JSON.parse(stdout).stdout).toBe('\u001b[2J\u009b31m\u202e\n');
});
