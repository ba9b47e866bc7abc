import { expect, test } from 'vitest';
import { runCli } from './cli-process.ts';

const fence = '```';

test('a model’s answer runs: Python writes a file, the shell block reads it', async () => {
  const end = await runCli(['run', 'examples/answers/tower-of-hanoi.md']);
  expect(end).toMatchObject({ exitCode: 0, stderr: 'sandpod: 1 file was made; --out DIR saves it.\n' });
  const lines = end.stdout.split('\n');
  expect(lines[0]).toBe('5 disks in 31 moves, all on peg C: [5, 4, 3, 2, 1]');
  expect(lines).toContain('moves in the file: 31');
  expect(end.stdout).toContain('disk 1: A -> C');
  expect(lines.filter((line) => /^ *(16 1:|8 2:|4 3:|2 4:|1 5:)$/.test(line))).toHaveLength(5);
});

test('an answer in three languages shares one workspace, and a block that only shows data is skipped with a note', async () => {
  const end = await runCli(['run', 'examples/answers/word-count.md']);
  expect(end.exitCode).toBe(0);
  expect(end.stdout).toBe("11 different words\nmost frequent: 'the', 3 times\n");
  expect(end.stderr).toBe('sandpod: skipped block 3 of 3: "json" is not run here\nsandpod: 1 file was made; --out DIR saves it.\n');
});

test('the run stops at the first failure and reports the blocks that were not run', async () => {
  const end = await runCli(['run', 'examples/answers/failing.md']);
  expect(end).toMatchObject({ exitCode: 1, stdout: 'block 1 runs\n' });
  expect(end.stderr).toContain('ZeroDivisionError');
  expect(end.stderr).toMatch(/sandpod: failed in block 2 of 3 \(python\) after .*The block after it was not run\.\n$/);
});

test('standard input is Markdown', async () => {
  const end = await runCli(['run', '-'], { stdin: `Try:\n\n${fence}py\nprint("piped")\n${fence}\n` });
  expect(end).toEqual({ exitCode: 0, stdout: 'piped\n', stderr: '' });
});

test('--verbose prints block headers, on stderr only', async () => {
  const end = await runCli(['run', '--verbose', '-'], {
    stdin: `${fence}py\n# filename: first.py\nprint(1)\n${fence}\n${fence}sh\necho 2\n${fence}\n`,
  });
  expect(end).toMatchObject({ exitCode: 0, stdout: '1\n2\n' });
  expect(end.stderr).toMatch(/── block 1 of 2 · python · first\.py\n── block 2 of 2 · sh\nok, 2 blocks in /);
});

test('Markdown without code explains how to run code', async () => {
  const end = await runCli(['run', '-'], { stdin: 'print(1)\n' });
  expect(end).toMatchObject({ exitCode: 2, stdout: '' });
  expect(end.stderr).toContain('contains no fenced code block');
  expect(end.stderr).toContain('--language python');
});

test('Markdown without runnable code lists the languages that run', async () => {
  const end = await runCli(['run', '-'], { stdin: `${fence}json\n{}\n${fence}\n` });
  expect(end).toMatchObject({ exitCode: 2, stdout: '' });
  expect(end.stderr).toMatch(/Nothing to run: expected code in one of the languages .*python.*got "json"/);
});

test('a hostile file name is rejected, and the reason cannot control a terminal', async () => {
  const end = await runCli(['run', '-'], { stdin: `${fence}py\n# filename: ../\u001b[2Jx.py\nprint(1)\n${fence}\n` });
  expect(end).toMatchObject({ exitCode: 2, stdout: '' });
  expect(end.stderr).toContain('refused');
  expect(end.stderr).not.toContain('\u001b');
});
