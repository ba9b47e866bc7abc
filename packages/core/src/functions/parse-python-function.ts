import { checkIndentation } from './check-indentation.ts';
import { dedentPython } from './dedent-python.ts';
import { pythonProblem } from './python-problem.ts';
import { type LogicalLine, scanPython } from './scan-python.ts';

/** The parts of a function's source. The source is parsed without running it. */
export interface ParsedFunction {
  readonly name: string;
  /** The text between the name and the colon, for example `(a: int) -> str`. */
  readonly signature: string;
  readonly isAsync: boolean;
  /** The docstring as written in the source, with its quotes. */
  readonly docstring?: string;
  /** The source with its decorators, without indentation. */
  readonly source: string;
}

const HEADER = /^(async[ \t]+)?def[ \t]+([\p{XIDS}_]\p{XIDC}*)[ \t]*(?=[([])/u;

/**
 * Parses the source of one Python function without running it. Python checks the full syntax later, in the sandbox.
 *
 * @throws {SandpodError} `invalid-options` unless the source is exactly one top-level function with complete strings, brackets
 * and blocks.
 */
export function parsePythonFunction(text: string): ParsedFunction {
  const source = dedentPython(text);
  const { lines } = scanPython(source);
  checkIndentation(source, lines);
  const top = lines.filter(({ indentation }) => indentation === '');
  const definition = onlyDefinition(source, top);
  const header = textOf(source, definition);
  const [beginning = '', asyncWord, name = ''] = HEADER.exec(header) ?? [];
  if (definition.colon === undefined || name === '')
    throw pythonProblem('"def name(…):" to begin the function', { source, at: definition.start });
  const signature = source.slice(definition.start + beginning.length, definition.colon).trim();
  const docstring = docstringAfter(source, lines[lines.indexOf(definition) + 1]);
  return { name, signature, isAsync: asyncWord !== undefined, ...(docstring === undefined ? {} : { docstring }), source };
}

function onlyDefinition(source: string, top: readonly LogicalLine[]): LogicalLine {
  const definitions = top.filter((line) => /^(?:async[ \t]+)?def\b/.test(textOf(source, line)));
  const [definition, second] = definitions;
  if (second !== undefined) throw pythonProblem('exactly one function; pass this function separately', { source, at: second.start });
  const stray = top.find((line) => line !== definition && source[line.start] !== '@');
  if (stray !== undefined) throw pythonProblem(`nothing but a function${hintFor(textOf(source, stray))}`, { source, at: stray.start });
  if (definition === undefined || top.at(-1) !== definition) throw pythonProblem('exactly one function', { source, at: source.length });
  return definition;
}

function hintFor(stray: string): string {
  return /^(?:import|from)\b/.test(stray) ? '; imports belong in globalImports' : '';
}

function docstringAfter(source: string, line: LogicalLine | undefined): string | undefined {
  if (line === undefined || !line.isString || line.indentation === '') return undefined;
  const text = textOf(source, line);
  return /^[ru]?["']/i.test(text) ? text : undefined;
}

function textOf(source: string, line: LogicalLine): string {
  return source.slice(line.start, line.end);
}
