import type { GuestProgram } from '../guest/guest-contract.ts';
import type { JavascriptEngine } from '../javascript/javascript-engine.ts';
import type { PythonModule } from '../python/python-module.ts';

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

/** The compiled interpreters, created once in the child process and shared by its worker threads. */
export interface ProgramModules {
  readonly python: PythonModule;
  readonly javascript: JavascriptEngine;
}

/** Compiles the interpreters. Takes about 200 ms on other threads. */
export async function loadProgramModules(): Promise<ProgramModules> {
  const [{ loadPythonModule }, { loadJavascriptEngine }] = await Promise.all([
    import('../python/python-module.ts'),
    import('../javascript/javascript-engine.ts'),
  ]);
  const [python, javascript] = await Promise.all([loadPythonModule(), loadJavascriptEngine()]);
  return { python, javascript };
}

/** Creates an interpreter for use on a worker thread. Its code is loaded on first use. */
export async function loadProgram(name: ProgramName, modules: ProgramModules): Promise<GuestProgram> {
  if (name === 'shell') return loadShell(modules);
  if (name === 'python') return (await import('../python/python-program.ts')).createPythonProgram(modules.python);
  return (await import('../javascript/javascript-program.ts')).createJavascriptProgram(modules.javascript);
}

/** Loads the shell. The other interpreters are commands of the shell, and are loaded when a script calls them. */
async function loadShell(modules: ProgramModules): Promise<GuestProgram> {
  const { createShellProgram } = await import('../shell/shell-program.ts');
  const commands = [...PROGRAM_ALIASES].filter(([, program]) => program !== 'shell');
  return createShellProgram({ programs: new Map(commands.map(([alias, program]) => [alias, lazyProgram(program, modules)])) });
}

function lazyProgram(name: ProgramName, modules: ProgramModules): GuestProgram {
  let program: Promise<GuestProgram> | undefined;
  return async (context) => {
    program ??= loadProgram(name, modules);
    return (await program)(context);
  };
}
