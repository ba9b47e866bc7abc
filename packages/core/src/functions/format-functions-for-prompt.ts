import { validateOptions } from '../options/validate-options.ts';
import { functionsSchema } from './functions-schema.ts';
import { type ParsedFunction, parsePythonFunction } from './parse-python-function.ts';
import type { PythonFunction } from './python-function.ts';

const TEMPLATE = `Your code can use these Python functions. Import them from the module \`$module_name\`, for example:
\`from $module_name import $example\`.

$functions`;

export interface FunctionsPromptOptions {
  /** Name of the module that contains the functions. Default `functions`. */
  readonly moduleName?: string | undefined;
  /** A text with the placeholders `$module_name`, `$functions` and `$example` (the first function's name). */
  readonly template?: string | undefined;
}

/**
 * Describes functions to a model, with signatures and docstrings. Returns an empty text if there are no functions.
 *
 * @throws {SandpodError} `invalid-options`.
 */
export function formatFunctionsForPrompt(functions: readonly (string | PythonFunction)[], options: FunctionsPromptOptions = {}): string {
  const { moduleName = 'functions', template = TEMPLATE } = options;
  const valid = validateOptions(functionsSchema, functions, 'functions');
  const parsed = valid.map((each) => parsePythonFunction(typeof each === 'string' ? each : each.source));
  if (parsed.length === 0) return '';
  const values: Readonly<Record<string, string>> = {
    module_name: moduleName,
    example: parsed[0]?.name ?? '',
    functions: parsed.map(stubOf).join('\n\n'),
  };
  return template.replace(/\$(module_name|functions|example)\b/g, (_, name: string) => values[name] ?? '');
}

function stubOf({ isAsync, name, signature, docstring }: ParsedFunction): string {
  const header = `${isAsync ? 'async ' : ''}def ${name}${signature}:`;
  return [header, ...(docstring === undefined ? [] : [`    ${withMargin(docstring)}`]), '    ...'].join('\n');
}

/** Changes a docstring's lines after the first line: replaces their common indentation with four spaces. */
function withMargin(docstring: string): string {
  const [first = '', ...rest] = docstring.split('\n');
  const margin = Math.min(...rest.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return [first, ...rest.map((line) => (line.trim() === '' ? '' : `    ${line.slice(margin)}`))].join('\n');
}
