import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const patience = { timeout: 30_000, interval: 50 };

interface Demo {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  text(): string;
}

function start(...flags: readonly string[]): Demo {
  return startWith({}, ...flags);
}

function startWith(more: Readonly<Record<string, string>>, ...flags: readonly string[]): Demo {
  const env = { PATH: process.env['PATH'], ...more };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'demo.ts'), ...flags], { env });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return { child, ended: once(child, 'close').then(([code]) => code as number | null), text: () => text };
}

it('chats in the terminal, and passes on what is piped in', async () => {
  const demo = start('--terminal');
  demo.child.stdin?.end('```sh\necho $((6 * 7))\n```\n');
  expect(await demo.ended).toBe(0);
  expect(demo.text()).toContain('\n42\n');
});

it('passes on a signal and waits until the sandbox is gone', async () => {
  const demo = start('--terminal');
  await expect.poll(demo.text, patience).toContain('> ');
  demo.child.kill('SIGTERM');
  expect(await demo.ended).toBe(130);
});

it.each<[string, readonly string[], Record<string, string>]>([
  ['--nonsense', ['--nonsense'], {}],
  ['"mainframe"', ['--', '--on', 'mainframe'], {}],
  ['"gpt-x"', [], { SANDPOD_DEMO_MODEL: 'gpt-x' }],
])('refuses what cannot be started before it builds a page for it: %s', async (what, flags, env) => {
  const now = new Date();
  await utimes(join(import.meta.dirname, '../apps/demo/package.json'), now, now);
  const demo = startWith(env, ...flags);
  expect(await demo.ended).toBe(2);
  expect(demo.text()).toMatch(new RegExp(`^demo: [^\\n]*${what}`));
});

it('passes on the exit code of a mistake', async () => {
  const demo = start('--terminal', '--nonsense');
  expect(await demo.ended).toBe(2);
  expect(demo.text()).toContain('--nonsense');
});
