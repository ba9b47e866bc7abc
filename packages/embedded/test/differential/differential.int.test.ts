import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadJavascriptEngine } from '../../src/javascript/javascript-engine.ts';
import { createJavascriptProgram } from '../../src/javascript/javascript-program.ts';
import { runGuestProgram } from '../run-guest-program.ts';
import { makeFiles, runPython } from '../run-python.ts';

interface Program {
  readonly code: string;
  /** What the interpreter of a real machine prints; `scripts/record-differential.ts` records it. */
  readonly output?: string;
  /** The sandbox cannot run the program, and its error contains this text. */
  readonly lacks?: string;
}

const read = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8');
const readPrograms = (language: string): Program[] => JSON.parse(read(`${language}.json`)) as Program[];

/** The programs whose output is not the expected one. One interpreter runs all of them. */
function differences(programs: readonly Program[], run: { readonly stdout: string; readonly stderr: string }): object[] {
  expect(run.stdout, run.stderr).not.toBe('');
  const printed = JSON.parse(run.stdout) as readonly string[];
  return programs.flatMap(({ code, output, lacks }, index) => {
    const ours = printed[index];
    const isRight = lacks === undefined ? ours === output : /[Ee]rror:/.test(ours ?? '') && ours?.includes(lacks);
    return isRight ? [] : [{ code, ours, real: output ?? `an error that says: ${lacks}` }];
  });
}

/** Some seconds of processor time, on a machine that may be busy. */
const TIMEOUT_MS = 180_000;

describe('programs print the same as on a real machine', () => {
  it('in Python', { timeout: TIMEOUT_MS }, async () => {
    const programs = readPrograms('python');
    const files = makeFiles({ '/workspace/driver.py': read('driver.py') });
    const run = await runPython(['-W', 'ignore', 'driver.py'], { files, stdin: JSON.stringify(programs.map(({ code }) => code)) });
    expect(differences(programs, run)).toEqual([]);
  });

  it('in JavaScript', { timeout: TIMEOUT_MS }, async () => {
    const programs = readPrograms('javascript');
    const run = await runGuestProgram(createJavascriptProgram(await loadJavascriptEngine()), {
      argv: ['node', 'driver.cjs'],
      options: { files: { '/workspace/driver.cjs': read('driver.cjs') }, stdin: JSON.stringify(programs.map(({ code }) => code)) },
    });
    expect(differences(programs, run)).toEqual([]);
  });
});
