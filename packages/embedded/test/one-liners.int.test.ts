import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MemoryFileSystem } from '../src/files/memory-file-system.ts';
import type { GuestProgram } from '../src/guest/guest-contract.ts';
import { loadJavascriptEngine } from '../src/javascript/javascript-engine.ts';
import { createJavascriptProgram } from '../src/javascript/javascript-program.ts';
import { loadPythonModule } from '../src/python/python-module.ts';
import { createPythonProgram } from '../src/python/python-program.ts';
import { createShellProgram } from '../src/shell/shell-program.ts';
import { CALLS, LISTS, type OneLiner, type ProgramLanguage } from './one-liners/one-liners.ts';
import { runGuestProgram } from './run-guest-program.ts';

function read<T>(name: string): T {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'one-liners', name), 'utf8')) as T;
}

const interpreters: Readonly<Record<ProgramLanguage, () => Promise<GuestProgram>>> = {
  shell: async () => createShellProgram({ programs: new Map() }),
  javascript: async () => createJavascriptProgram(await loadJavascriptEngine()),
  python: async () => createPythonProgram(await loadPythonModule()),
};
const names = Object.entries(read<Record<string, string>>('files.json')).map(([name, content]) => [`/workspace/${name}`, content] as const);
const env = { HOME: '/workspace', LANG: 'C.UTF-8', TZ: 'UTC', PATH: '/usr/bin:/bin' };

/** Returns a sentence if the sandbox answers otherwise than the real interpreter did. */
async function differenceOf(
  { code, stdout, exitCode, refusal }: OneLiner,
  { program, language }: { readonly program: GuestProgram; readonly language: ProgramLanguage },
): Promise<string | undefined> {
  const fileSystem = new MemoryFileSystem({ workspaceBytes: 64 << 20 });
  fileSystem.makeDirectory('/workspace/dir');
  fileSystem.makeDirectory('/workspace/dir/sub');
  const [interpreter, script] = CALLS[language];
  const files = { ...Object.fromEntries(names), [`/workspace/${script}`]: `${code}\n` };
  const ours = await runGuestProgram(program, { argv: [interpreter, script], options: { fileSystem, files, env } });
  const isAlike =
    refusal === undefined ? ours.stdout === stdout && ours.exitCode === exitCode : ours.exitCode !== 0 && ours.stderr.includes(refusal);
  return isAlike
    ? undefined
    : `${code}\n  ${JSON.stringify({ stdout: ours.stdout, exitCode: ours.exitCode, stderr: ours.stderr })}\n  real: ${JSON.stringify({ stdout, exitCode, refusal })}`;
}

describe.each(Object.entries(LISTS))('programs in %s print what the real interpreter prints, or fail with a message', (list, language) => {
  const programs = read<readonly OneLiner[]>(list);
  test.each(Array.from({ length: Math.ceil(programs.length / 100) }, (_, index) => index * 100))('from %i', async (start) => {
    const program = await interpreters[language]();
    const differences: string[] = [];
    for (const each of programs.slice(start, start + 100)) {
      const difference = await differenceOf(each, { program, language });
      if (difference !== undefined) differences.push(difference);
    }
    expect(differences).toEqual([]);
  });
});
