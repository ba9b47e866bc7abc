import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { cliCommand, endOf } from './cli-process.ts';
import { TemporaryDirectory } from './temporary-directory.ts';

interface Terminal {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the command under a pseudo-terminal of util-linux's `script`; both streams are that terminal. */
function startOnTerminal(argv: readonly string[], { cwd, env }: Terminal): ChildProcessWithoutNullStreams {
  const command = [...cliCommand, ...argv].map((word) => `'${word}'`).join(' ');
  const argvOfScript = ['--quiet', '--return', '--command', command, '/dev/null'];
  return spawn('script', argvOfScript, { cwd, env: { ...process.env, TERM: 'xterm', NO_COLOR: '1', ...env } });
}

async function runOnTerminal(
  argv: readonly string[],
  terminal: Terminal,
): Promise<{ readonly screen: string; readonly exitCode: number | null }> {
  const { stdout, exitCode } = await endOf(startOnTerminal(argv, terminal));
  return { screen: withoutClearing(stdout), exitCode };
}

/** The text left on the terminal: without removed progress lines, and with LF instead of CR LF. */
function withoutClearing(text: string): string {
  const pieces = text.replaceAll('\r\n', '\n').split('\r\u001b[K');
  return pieces.map((piece, index) => (index < pieces.length - 1 ? piece.slice(0, piece.lastIndexOf('\n') + 1) : piece)).join('');
}

const hasScript = spawnSync('script', ['--version']).status === 0;
const fence = '```';

test.runIf(hasScript)('a person sees headers, the output and a summary', async () => {
  const answer = `${fence}py\nprint("one", end="")\n${fence}\n${fence}js\nconsole.log("two")\n${fence}\n`;
  await using directory = await TemporaryDirectory.with({ 'a.md': answer });
  const { screen, exitCode } = await runOnTerminal(['run', 'a.md'], { cwd: directory.path });
  expect(exitCode).toBe(0);
  expect(screen).toMatch(/^── block 1 of 2 · python\none\n── block 2 of 2 · javascript\ntwo\nok, 2 blocks in [^\n]*\n$/);
});

test.runIf(hasScript)('a program cannot control the terminal', async () => {
  const code =
    'import sys\nsys.stdout.write("a\\x1b]52;c;eA==\\x07b\\x1b[2Jc\\x9b31md\\u202ee\\n")\nsys.stderr.write("\\x1b]0;title\\x07f\\n")';
  await using directory = await TemporaryDirectory.with({ 'main.py': code });
  const { screen } = await runOnTerminal(['run', 'main.py'], { cwd: directory.path });
  expect(screen.split('\n').sort()).toEqual(['', 'abcde', 'f']);
});

test.runIf(hasScript)('--quiet shows only the program’s output', async () => {
  await using directory = await TemporaryDirectory.with({ 'main.py': 'print("only this")' });
  expect(await runOnTerminal(['run', '--quiet', 'main.py'], { cwd: directory.path })).toEqual({ exitCode: 0, screen: 'only this\n' });
});

test.runIf(hasScript)('colours are used only if they are wanted', async () => {
  await using directory = await TemporaryDirectory.with({ 'main.py': 'print("x")' });
  const coloured = await runOnTerminal(['run', '-v', 'main.py'], { cwd: directory.path, env: { NO_COLOR: '' } });
  expect(coloured.screen).toContain('\u001b[2mok, 1 block');
  const plain = await runOnTerminal(['run', '-v', 'main.py'], { cwd: directory.path });
  expect(plain.screen).not.toContain('\u001b');
});

test.runIf(hasScript)('Ctrl-C on the keyboard cancels', async () => {
  await using directory = await TemporaryDirectory.with({ 'endless.py': 'print("started", flush=True)\nwhile True: pass' });
  const child = startOnTerminal(['run', 'endless.py'], { cwd: directory.path });
  const ending = endOf(child);
  for (let shown = ''; !shown.includes('started'); ) shown += (await once(child.stdout, 'data'))[0];
  child.stdin.write('\u0003');
  const { stdout, exitCode } = await ending;
  expect(exitCode).toBe(130);
  // print() writes the line end separately, and the key may arrive before it.
  expect(withoutClearing(stdout)).toMatch(/started\n?(\^C)?\n?sandpod: cancelled after /);
});
