/** `pnpm demo`: runs a model's answer with `sandpod run` and explains what happened. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';

const answer = 'examples/answers/tower-of-hanoi.md';
const root = fileURLToPath(new URL('..', import.meta.url));

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function heading(text: string): void {
  say(styleText('bold', `\n${text}`));
}

/** The answer as a reader sees it, set off from what we say. */
function showAnswer(): void {
  for (const line of readFileSync(`${root}${answer}`, 'utf8').trimEnd().split('\n')) say(styleText('dim', `  │ ${line}`));
}

async function runAnswer(): Promise<number> {
  const argv = ['--conditions=@sandpod/source', 'packages/cli/src/main.ts', 'run', '--verbose', answer];
  const child = spawn(process.execPath, argv, { cwd: root, stdio: 'inherit' });
  // The terminal interrupts the child as well, which then cleans up and ends first.
  process.on('SIGINT', () => {});
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 125;
}

heading('1. A language model was asked to solve the Tower of Hanoi. Its answer:');
showAnswer();
heading(`2. sandpod run ${answer}`);
const exitCode = await runAnswer();
heading('3. What happened');
if (exitCode === 0) {
  say('  sandpod took the two code blocks out of the Markdown and ran them, in order, in a sandbox of WebAssembly interpreters.');
  say('  Python wrote moves.txt into the sandbox; the shell read it there. None of it touched your files or the network,');
  say('  and the sandbox is gone. Keep what a run makes with: --out DIR.');
  say(`\n  Try:  npx pnpm@12 --silent sandpod run --out results ${answer}`);
  say('        npx pnpm@12 --silent sandpod run --json examples/answers/failing.md');
  say('        npx pnpm@12 --silent sandpod run --timeout 2 examples/answers/endless-loop.md');
} else {
  say(`  The run did not succeed (exit code ${exitCode}); the lines above say why.`);
}
process.exitCode = exitCode;
