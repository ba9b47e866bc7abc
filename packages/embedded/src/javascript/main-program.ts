import { posix } from 'node:path';
import type { QuickJS } from 'quickjs-wasi';
import type { GuestContext } from '../guest/guest-contract.ts';
import { GuestFileError } from '../guest/guest-file-error.ts';
import { kindBySyntax, moduleKind, withoutHashbang } from './module-kind.ts';
import { readText, resolveModule } from './module-resolution.ts';
import type { ProgramRequest } from './program-arguments.ts';
import { readToEnd } from './whole-file.ts';

/** The program's code, and the information that is needed to run it. */
export interface MainProgram {
  readonly kind: 'commonjs' | 'module';
  readonly filename: string;
  readonly source: string;
  /** The elements of `process.argv` after the interpreter. */
  readonly arguments: readonly string[];
  readonly isFile: boolean;
}

export class MainProgramError extends Error {
  override readonly name = 'MainProgramError';
}

type Runnable = Extract<ProgramRequest, { readonly type: 'file' | 'code' | 'input' }>;

interface Surroundings {
  readonly vm: QuickJS;
  readonly context: GuestContext;
}

function readMainFile({ vm, context }: Surroundings, { path, rest }: Extract<Runnable, { readonly type: 'file' }>): MainProgram {
  const { files } = context;
  const wanted = posix.resolve(context.cwd, path);
  const found = resolveModule(files, { from: posix.join(context.cwd, '_'), specifier: wanted, style: 'require', builtins: [] });
  if (!('path' in found)) throw new MainProgramError(`Error: Cannot find module '${wanted}'`);
  const filename = found.path;
  if (/\.tsx?$|\.mts$|\.cts$/.test(filename))
    throw new MainProgramError(`Error: '${filename}' is TypeScript: the sandbox runs JavaScript only`);
  const source = withoutHashbang(readText(files, filename));
  const kind = moduleKind({ vm, files }, { path: filename, source });
  if (kind === 'json') throw new MainProgramError(`Error: Expected a JavaScript file, got '${filename}'`);
  return { kind, filename, source, arguments: [filename, ...rest], isFile: true };
}

/** Finds and reads the program. @throws {MainProgramError} with the text for standard error. */
export function readMainProgram(surroundings: Surroundings, request: Runnable): MainProgram {
  const { vm, context } = surroundings;
  try {
    if (request.type === 'file') return readMainFile(surroundings, request);
  } catch (error) {
    if (error instanceof GuestFileError)
      throw new MainProgramError(`Error: Cannot read '${request.type === 'file' ? request.path : ''}': ${error.code}`);
    throw error;
  }
  const isInput = request.type === 'input';
  const text = isInput ? new TextDecoder().decode(readToEnd((length) => context.readInput(length), context.memoryBytes)) : request.code;
  const printed = !isInput && request.isPrinted ? `console.log(eval(${JSON.stringify(text)}))` : withoutHashbang(text);
  const kind = request.isModule ? 'module' : kindBySyntax(vm, printed);
  const filename = posix.join(context.cwd, isInput ? '[stdin]' : '[eval]');
  return { kind, filename, source: printed, arguments: [...(isInput ? ['-'] : []), ...request.rest], isFile: false };
}
