import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { cliCommand, endOf, repository, runCli, startCli } from './cli-process.ts';
import { descendantsOf, survivors } from './process-tree.ts';
import { TemporaryDirectory } from './temporary-directory.ts';

const endless = 'print("started", flush=True)\nwhile True: pass\n';

async function startEndless(directory: TemporaryDirectory, argv: readonly string[] = []): Promise<ReturnType<typeof startCli>> {
  const child = startCli(['run', ...argv, 'endless.py'], { cwd: directory.path });
  await once(child.stdout, 'readable');
  return child;
}

test('--timeout ends the run with 124, the output so far, and advice', async () => {
  await using directory = await TemporaryDirectory.with({ 'endless.py': endless });
  const end = await runCli(['run', '--timeout', '4s', 'endless.py'], { cwd: directory.path });
  expect(end).toMatchObject({ exitCode: 124, stdout: 'started\n' });
  expect(end.stderr).toMatch(/^sandpod: timeout after .*--timeout\.\n$/);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s cancels with 130 and leaves no process behind', async (signal) => {
  await using directory = await TemporaryDirectory.with({ 'endless.py': endless });
  const child = await startEndless(directory);
  const below = descendantsOf(child.pid ?? 0);
  expect(below.length).toBeGreaterThan(0);
  child.kill(signal);
  const end = await endOf(child);
  expect(end).toMatchObject({ exitCode: 130, stdout: 'started\n' });
  expect(end.stderr).toMatch(/^sandpod: cancelled after /);
  expect(survivors(below)).toEqual([]);
});

test('a signal during the start also cancels', async () => {
  await using directory = await TemporaryDirectory.with({ 'endless.py': endless });
  const child = startCli(['run', 'endless.py'], { cwd: directory.path });
  const ending = endOf(child);
  while (descendantsOf(child.pid ?? 0).length === 0) await sleep(5);
  const below = descendantsOf(child.pid ?? 0);
  child.kill('SIGINT');
  expect((await ending).exitCode).toBe(130);
  expect(survivors(below)).toEqual([]);
});

test('SIGKILL of the command leaves no process behind either', async () => {
  await using directory = await TemporaryDirectory.with({ 'endless.py': endless });
  const child = await startEndless(directory);
  const below = descendantsOf(child.pid ?? 0);
  child.kill('SIGKILL');
  await endOf(child);
  await expect.poll(() => survivors(below), { timeout: 5_000 }).toEqual([]);
});

test('a reader that closes the pipe ends the run without a message', async () => {
  await using directory = await TemporaryDirectory.with({ 'flood.py': 'while True: print("line")\n' });
  const child = startCli(['run', 'flood.py'], { cwd: directory.path });
  await once(child.stdout, 'data');
  const below = descendantsOf(child.pid ?? 0);
  child.stdout.destroy();
  const [exitCode] = await once(child, 'exit');
  expect(exitCode).toBe(141);
  expect(child.stderr.read()).toBeNull();
  expect(survivors(below)).toEqual([]);
});

test('| head -1 in a shell prints one line and nothing else', async () => {
  await using directory = await TemporaryDirectory.with({ 'flood.py': 'while True: print("line")\n' });
  const command = `${cliCommand.map((word) => `'${word}'`).join(' ')} run flood.py | head -1`;
  const shell = spawn('sh', ['-c', command], { cwd: directory.path });
  expect(await endOf(shell)).toMatchObject({ stdout: 'line\n', stderr: '' });
});

test('a slow reader slows the program down instead of filling memory, and Ctrl-C still works', async () => {
  await using directory = await TemporaryDirectory.with({ 'flood.py': 'while True: print("x" * 1000)\n' });
  const child = startCli(['run', 'flood.py'], { cwd: directory.path });
  await once(child.stdout, 'readable');
  await sleep(1_500);
  child.kill('SIGINT');
  const [exitCode] = await once(child, 'exit');
  expect(exitCode).toBe(130);
  child.stdout.destroy();
});

test.runIf(process.platform === 'linux')('a full disk under standard output is reported as a failure', async () => {
  const command = `${cliCommand.map((word) => `'${word}'`).join(' ')} run examples/answers/tower-of-hanoi.md > /dev/full`;
  const end = await endOf(spawn('sh', ['-c', command], { cwd: repository }));
  expect(end.exitCode).toBe(125);
  expect(end.stderr).toContain('ENOSPC');
});

test('a document that is not read keeps no sandbox alive, and Ctrl-C ends the wait for a reader', async () => {
  await using directory = await TemporaryDirectory.with({ 'big.py': 'print("x" * 900_000)' });
  const child = startCli(['run', '--json', 'big.py'], { cwd: directory.path });
  await once(child.stdout, 'readable');
  expect(descendantsOf(child.pid ?? 0)).toEqual([]);
  child.kill('SIGINT');
  const [exitCode] = await once(child, 'exit');
  expect(exitCode).toBe(130);
  child.stdout.destroy();
});

test.runIf(process.platform === 'linux').each(['--stdin', '--file'])('Ctrl-C ends the wait for a writer of %s', async (option) => {
  await using directory = await TemporaryDirectory.with({ 'main.py': 'print("ran")' });
  execFileSync('mkfifo', ['pipe'], { cwd: directory.path });
  const child = startCli(['run', option, 'pipe', 'main.py'], { cwd: directory.path });
  const ending = endOf(child);
  const descriptors = `/proc/${child.pid}/fd`;
  const opened = (): boolean => readdirSync(descriptors).some((name) => linkOf(join(descriptors, name)).endsWith('/pipe'));
  await expect.poll(opened, { timeout: 30_000 }).toBe(true);
  child.kill('SIGINT');
  expect(await ending).toMatchObject({ exitCode: 130, stdout: '' });
});

/** The target of a link; empty if the link is gone. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
