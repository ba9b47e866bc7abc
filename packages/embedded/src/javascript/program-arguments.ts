/** What a command line asks for. */
export type ProgramRequest =
  | { readonly type: 'file'; readonly path: string; readonly rest: readonly string[] }
  | { readonly type: 'code'; readonly code: string; readonly rest: readonly string[]; readonly isPrinted: boolean; readonly isModule: boolean }
  | { readonly type: 'input'; readonly rest: readonly string[]; readonly isModule: boolean }
  | { readonly type: 'version' }
  | { readonly type: 'help' }
  | { readonly type: 'wrong'; readonly message: string };

const codeFlags = ['-e', '--eval', '-p', '--print', '-pe'];
/** Node flags that change nothing here. */
const ignoredFlags = /^--(?:no-warnings|trace-warnings|trace-uncaught|stack-trace-limit=.*|experimental-.*|enable-source-maps|unhandled-rejections=.*|max-old-space-size=.*)$/;

function isModuleFlag(argument: string): boolean {
  return argument === '--input-type=module' || argument === '-m' || argument === '--module';
}

/** Reads the arguments of `node`, `js` and `qjs`. */
export function readProgramArguments(given: readonly string[]): ProgramRequest {
  let isModule = false;
  for (let index = 0; index < given.length; index += 1) {
    const argument = given[index] ?? '';
    const rest = given.slice(index + 1);
    if (argument === '-' || argument === '--') return argument === '-' || rest.length === 0 ? { type: 'input', rest, isModule } : fileRequest(rest);
    if (argument === '-v' || argument === '--version') return { type: 'version' };
    if (argument === '-h' || argument === '--help') return { type: 'help' };
    if (codeFlags.includes(argument)) {
      const [code, ...others] = rest;
      if (code === undefined) return { type: 'wrong', message: `${argument} requires an argument` };
      return { type: 'code', code, rest: others, isPrinted: argument.includes('p'), isModule };
    }
    if (isModuleFlag(argument)) isModule = true;
    else if (argument.startsWith('-') && !ignoredFlags.test(argument) && argument !== '--input-type=commonjs') return { type: 'wrong', message: `bad option: ${argument}` };
    else if (!argument.startsWith('-')) return fileRequest(given.slice(index));
  }
  return { type: 'input', rest: [], isModule };
}

function fileRequest([path = '', ...rest]: readonly string[]): ProgramRequest {
  return { type: 'file', path, rest };
}
