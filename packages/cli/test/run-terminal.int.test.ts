import { spawn, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { cliCommand, endOf } from './cli-process.ts';
import { TemporaryDirectory } from './temporary-directory.ts';

/** Runs the command under a pseudo-terminal of util-linux's `script`; both streams are that terminal. */
async function runOnTerminal(
  argv: readonly string[],
  options: { readonly cwd: string; readonly env?: Record<string, string> },
): Promise<{ screen: string; exitCode: number | null }> {
  const command = [...cliCommand, ...argv].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd: options.cwd,
    env: { ...process.env, TERM: 'xterm', ...options.env },
  });
  child.stdin.end();
  const { stdout, exitCode } = await endOf(child);
  return { screen: stdout.replaceAll('\r\n', '\n'), exitCode };
}

const hasScript = spawnSync('script', ['--version']).status === 0;
/** How a line of progress, ours, is taken back. */
const ownClearing = '\r\u001b[K';
const fence = '```';

test.runIf(hasScript)('a person sees headers, the output and a summary', async () => {
  await using directory = await TemporaryDirectory.with({
    'a.md': `${fence}py\nprint("one", end="")\n${fence}\n${fence}sh\necho two\n${fence}\n`,
  });
  const { screen, exitCode } = await runOnTerminal(['run', 'a.md'], { cwd: directory.path, env: { NO_COLOR: '1' } });
  expect(exitCode).toBe(0);
  expect(screen).toMatch(/── block 1 of 2 · python\none\n── block 2 of 2 · sh\ntwo\nok, 2 blocks in /);
});

test.runIf(hasScript)('a program cannot steer the terminal', async () => {
  const code =
    'import sys\nsys.stdout.write("a\\x1b]52;c;eA==\\x07b\\x1b[2Jc\\x9b31md\\u202ee\\n")\nsys.stderr.write("\\x1b]0;title\\x07f\\n")';
  await using directory = await TemporaryDirectory.with({ 'main.py': code });
  const { screen } = await runOnTerminal(['run', 'main.py'], { cwd: directory.path, env: { NO_COLOR: '1' } });
  const shown = screen.replaceAll(ownClearing, '');
  for (const steering of ['\u001b', '\u009b', '\u0007', '\u202e']) expect(shown).not.toContain(steering);
  expect(screen).toContain('f\n');
});

test.runIf(hasScript)('--quiet shows the program alone', async () => {
  await using directory = await TemporaryDirectory.with({ 'main.py': 'print("only this")' });
  expect((await runOnTerminal(['run', '--quiet', 'main.py'], { cwd: directory.path })).screen).toBe('only this\n');
});
