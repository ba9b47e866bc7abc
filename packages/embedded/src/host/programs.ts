import type { GuestProgram } from '../guest/guest-contract.ts';
import { lazyProgram } from '../guest/lazy-program.ts';
import type { JavascriptEngine } from '../javascript/javascript-engine.ts';
import type { PythonModule } from '../python/python-module.ts';
import type { PythonProgram } from '../python/python-program.ts';

/** The interpreters of a sandbox. */
export type ProgramName = 'python' | 'javascript' | 'shell';

/** The names of the sandbox's programs, and the interpreter that runs each program. */
export const PROGRAM_ALIASES: ReadonlyMap<string, ProgramName> = new Map([
  ['python3', 'python'],
  ['python', 'python'],
  ['node', 'javascript'],
  ['js', 'javascript'],
  ['qjs', 'javascript'],
  ['sh', 'shell'],
  ['bash', 'shell'],
]);

/** The compiled interpreters. Each is created once in the child process and shared by its worker threads. */
export interface ProgramModules {
  readonly python: PythonModule;
  readonly javascript: JavascriptEngine;
}

export type ModuleName = keyof ProgramModules;

/** The compiled interpreters that a worker thread will receive. */
export type ComingModules = { readonly [Name in ModuleName]: Promise<ProgramModules[Name]> };

const LOADERS: { readonly [Name in ModuleName]: () => Promise<ProgramModules[Name]> } = {
  python: async () => (await import('../python/python-module.ts')).loadPythonModule(),
  javascript: async () => (await import('../javascript/javascript-engine.ts')).loadJavascriptEngine(),
};

/** Compiles an interpreter. Takes about 200 ms, partly on other threads. */
export async function loadProgramModule<Name extends ModuleName>(name: Name): Promise<ProgramModules[Name]> {
  return LOADERS[name]();
}

/** Creates Python for use on a worker thread. */
export async function loadPython(modules: ComingModules): Promise<PythonProgram> {
  const { createPythonProgram } = await import('../python/python-program.ts');
  return createPythonProgram(await modules.python);
}

/** Creates an interpreter for use on a worker thread. Its code is loaded on first use. */
export async function loadProgram(name: ProgramName, modules: ComingModules): Promise<GuestProgram> {
  if (name === 'shell') return loadShell(modules);
  if (name === 'python') return loadPython(modules);
  const { createJavascriptProgram } = await import('../javascript/javascript-program.ts');
  return createJavascriptProgram(await modules.javascript);
}

/** Loads the shell. The other interpreters are commands of the shell, and are loaded when a script calls them. */
async function loadShell(modules: ComingModules): Promise<GuestProgram> {
  const { createShellProgram } = await import('../shell/shell-program.ts');
  const commands = [...PROGRAM_ALIASES].filter(([, program]) => program !== 'shell');
  return createShellProgram({
    programs: new Map(commands.map(([alias, program]) => [alias, lazyProgram(() => loadProgram(program, modules))])),
  });
}
