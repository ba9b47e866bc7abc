import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MemoryFileSystem } from '../src/files/memory-file-system.ts';
import { createShellProgram } from '../src/shell/shell-program.ts';
import type { OneLiner } from './one-liners/one-liners.ts';
import { runGuestProgram } from './run-guest-program.ts';

function read<T>(name: string): T {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'one-liners', name), 'utf8')) as T;
}

const shell = createShellProgram({ programs: new Map() });
const programs = read<readonly OneLiner[]>('one-liners.json');
const names = Object.entries(read<Record<string, string>>('files.json')).map(([name, content]) => [`/workspace/${name}`, content] as const);
const env = { HOME: '/workspace', LANG: 'C.UTF-8', TZ: 'UTC', PATH: '/usr/bin:/bin' };

/** Returns a sentence if the sandbox answers otherwise than the real bash did. */
async function differenceOf({ code, stdout, exitCode, refusal }: OneLiner): Promise<string | undefined> {
  const fileSystem = new MemoryFileSystem({ workspaceBytes: 64 << 20 });
  fileSystem.makeDirectory('/workspace/dir');
  fileSystem.makeDirectory('/workspace/dir/sub');
  const files = { ...Object.fromEntries(names), '/workspace/.program.sh': `${code}\n` };
  const ours = await runGuestProgram(shell, { argv: ['bash', '.program.sh'], options: { fileSystem, files, env } });
  const isAlike =
    refusal === undefined ? ours.stdout === stdout && ours.exitCode === exitCode : ours.exitCode !== 0 && ours.stderr.includes(refusal);
  return isAlike
    ? undefined
    : `${code}\n  ${JSON.stringify({ stdout: ours.stdout, exitCode: ours.exitCode, stderr: ours.stderr })}\n  real: ${JSON.stringify({ stdout, exitCode, refusal })}`;
}

test.each(Array.from({ length: Math.ceil(programs.length / 100) }, (_, index) => index * 100))(
  'small programs print what the real bash prints, or fail with a message: from %i',
  async (start) => {
    const differences: string[] = [];
    for (const program of programs.slice(start, start + 100)) {
      const difference = await differenceOf(program);
      if (difference !== undefined) differences.push(difference);
    }
    expect(differences).toEqual([]);
  },
);
