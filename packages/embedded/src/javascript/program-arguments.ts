/** A parsed command line. */
export type ProgramRequest =
  | { readonly type: 'file'; readonly path: string; readonly rest: readonly string[] }
  | {
      readonly type: 'code';
      readonly code: string;
      readonly rest: readonly string[];
      readonly isPrinted: boolean;
      readonly isModule: boolean;
    }
  | { readonly type: 'input'; readonly rest: readonly string[]; readonly isModule: boolean }
  | { readonly type: 'version' }
  | { readonly type: 'help' }
  | { readonly type: 'wrong'; readonly message: string };

const codeFlags = ['-e', '--eval', '-p', '--print', '-pe'];
/** Node flags that have no effect here. */
const ignoredFlags =
  /^--(?:no-warnings|trace-warnings|trace-uncaught|stack-trace-limit=.*|experimental-.*|enable-source-maps|unhandled-rejections=.*|max-old-space-size=.*)$/;

function isModuleFlag(argument: string): boolean {
  return argument === '--input-type=module' || argument === '-m' || argument === '--module';
}

function isIgnored(argument: string): boolean {
  return ignoredFlags.test(argument) || argument === '--input-type=commonjs';
}

function codeRequest(flag: string, { rest, isModule }: { readonly rest: readonly string[]; readonly isModule: boolean }): ProgramRequest {
  const [code, ...others] = rest;
  if (code === undefined) return { type: 'wrong', message: `${flag} requires an argument` };
  return { type: 'code', code, rest: others, isPrinted: flag.includes('p'), isModule };
}

/** Parses the arguments of `node`, `js` and `qjs`. */
export function readProgramArguments(given: readonly string[], isModule = false): ProgramRequest {
  const [argument, ...rest] = given;
  if (argument === undefined || argument === '-') return { type: 'input', rest, isModule };
  if (argument === '--') return rest.length === 0 ? { type: 'input', rest, isModule } : fileRequest(rest);
  if (!argument.startsWith('-')) return fileRequest(given);
  if (argument === '-v' || argument === '--version') return { type: 'version' };
  if (argument === '-h' || argument === '--help') return { type: 'help' };
  if (codeFlags.includes(argument)) return codeRequest(argument, { rest, isModule });
  if (isModuleFlag(argument)) return readProgramArguments(rest, true);
  return isIgnored(argument) ? readProgramArguments(rest, isModule) : { type: 'wrong', message: `bad option: ${argument}` };
}

function fileRequest([path = '', ...rest]: readonly string[]): ProgramRequest {
  return { type: 'file', path, rest };
}
