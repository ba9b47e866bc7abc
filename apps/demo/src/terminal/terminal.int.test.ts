import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { childProcesses } from '../testing/child-processes.ts';

const main = join(import.meta.dirname, '../main.ts');
const patience = { timeout: 30_000, interval: 50 };

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'demo-terminal-'));
});
afterEach(() => rm(directory, { recursive: true }));

interface Terminal {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  text(): string;
}

function start(...flags: readonly string[]): Terminal {
  const env = { PATH: process.env['PATH'], HOME: directory };
  const child = spawn(process.execPath, [main, '--terminal', ...flags], { cwd: directory, env });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return { child, ended: once(child, 'close').then(([code]) => code as number | null), text: () => text };
}

async function transcript(
  lines: readonly string[],
  ...flags: readonly string[]
): Promise<{ readonly code: number | null; readonly text: string }> {
  const terminal = start(...flags);
  terminal.child.stdin?.end(lines.map((line) => `${line}\n`).join(''));
  const code = await terminal.ended;
  return { code, text: terminal.text() };
}

describe('lines that are piped in', () => {
  it('become a transcript: a scene, code of the user, its files', async () => {
    const { code, text } = await transcript([
      '/3',
      '```sh',
      'echo from the shell',
      'echo data > kept.txt',
      '```',
      '/files',
      '/save kept.txt',
    ]);
    expect(code).toBe(0);
    expect(text).toContain('Answers are: scripted');
    const order = [
      '> /3',
      '┌─ python',
      "ValueError: could not convert string to float: 'n/a'",
      '✗ failed',
      'That failed with `ValueError',
      'average: 20.42 of 5 readings',
      '✓ ok',
      '**20.42 degrees**',
      '> ```sh',
      'from the shell',
      '  kept.txt  5 bytes',
      'Saved as ',
    ];
    let from = 0;
    for (const part of order) {
      expect(text.slice(from)).toContain(part);
      from = text.indexOf(part, from) + part.length;
    }
    expect(await readFile(join(directory, 'kept.txt'), 'utf8')).toBe('data\n');
  });

  it('answer approval requests', async () => {
    const ask = (word: string): readonly string[] => ['```sh', `echo ran-${word} | tr a-z A-Z`, '```', word];
    const { code, text } = await transcript([...ask('yes'), ...ask('no'), ...ask('')], '--approve');
    expect(code).toBe(0);
    expect(text.match(/Run this\? \[y\/N\]/g)).toHaveLength(3);
    expect(text).toContain('RAN-YES\n');
    expect(text).not.toContain('RAN-NO');
    expect(text.match(/Not run\./g)).toHaveLength(2);
  });

  it('do not let a guest control the terminal', async () => {
    const { text } = await transcript(['```python', 'print("\\x1b[2J\\x1b]0;owned\\x07safe")', '```']);
    expect(text).toContain('safe\n');
    expect(text).not.toContain('\u001b');
  });
});

describe('Ctrl-C', () => {
  it('stops a run; the chat continues, and nothing is left afterwards', async () => {
    const terminal = start();
    terminal.child.stdin?.write('/4\n');
    await expect.poll(terminal.text, patience).toMatch(/\d+ primes below \d+/);
    const sandboxes = childProcesses(terminal.child.pid);
    expect(sandboxes.length).toBeGreaterThan(0);
    terminal.child.kill('SIGINT');
    await expect.poll(terminal.text, patience).toContain('✗ cancelled');
    terminal.child.stdin?.end('```sh\necho still here\n```\n');
    expect(await terminal.ended).toBe(0);
    expect(terminal.text()).toContain('still here\n');
    for (const id of sandboxes) expect(() => process.kill(id, 0)).toThrow('ESRCH');
  });

  it('exits if nothing runs', async () => {
    const terminal = start();
    await expect.poll(terminal.text, patience).toContain('> ');
    terminal.child.kill('SIGINT');
    expect(await terminal.ended).toBe(130);
  });

  it('exits in the middle of typed code without a message', async () => {
    const terminal = start();
    terminal.child.stdin?.write('```python\nprint("half")\n');
    await expect.poll(terminal.text, patience).toMatch(/print\("half"\)\n\. $/);
    terminal.child.kill('SIGINT');
    expect(await terminal.ended).toBe(130);
    expect(terminal.text()).toMatch(/print\("half"\)\n\. \n*$/);
  });

  it('is not the only signal: another signal ends the run and the chat', async () => {
    const terminal = start();
    terminal.child.stdin?.write('/4\n');
    await expect.poll(terminal.text, patience).toMatch(/\d+ primes below \d+/);
    const sandboxes = childProcesses(terminal.child.pid);
    terminal.child.kill('SIGTERM');
    expect(await terminal.ended).toBe(130);
    for (const id of sandboxes) expect(() => process.kill(id, 0)).toThrow('ESRCH');
  });
});

describe('a usage error', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['an unknown flag', ['--nonsense'], /--nonsense/],
    ['an unknown back end', ['--on', 'mainframe'], /embedded.*"mainframe"/],
    ['a port that is none', ['--port', '99999'], /--port expects/],
  ])('is reported in one line, with advice: %s', async (_, flags, message) => {
    const { code, text } = await transcript([], ...flags);
    expect(code).toBe(2);
    expect(text).toMatch(message);
    expect(text).toContain('--help');
    expect(text).not.toContain('    at ');
  });
});
