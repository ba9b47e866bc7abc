import type { Command } from 'just-bash';
import { AwkMachine } from './awk/machine.ts';
import { assignGlobal } from './awk/main-input.ts';
import { parseAwk } from './awk/parser.ts';
import { runSteps } from './awk/steps.ts';
import { unescapeText } from './awk/tokens.ts';
import { inputValue } from './awk/values.ts';
import { type ToolRun, toolCommand } from './tool.ts';
import { readOptions, ToolError } from './tool-options.ts';

const USAGE = 'usage: awk [-F fs][-v var=value][prog | -f progfile][file ...]';
const FUNCTION_DEPTH = /Maximum call stack|call stack size/;

interface AwkCall {
  readonly separator: string | undefined;
  readonly assignments: readonly string[];
  readonly programFiles: readonly string[];
  readonly operands: readonly string[];
}

function readCall(given: readonly string[]): AwkCall {
  const { options, operands } = readOptions(given, { flags: '', values: 'Ffv', stopsAtOperand: true });
  const valuesOf = (letter: string): string[] => options.filter(({ name }) => name === letter).map(({ value }) => value);
  return { separator: valuesOf('F').at(-1), assignments: valuesOf('v'), programFiles: valuesOf('f'), operands };
}

async function awk(tool: ToolRun): Promise<void> {
  const { separator, assignments, programFiles, operands } = readCall(tool.given);
  const sources = await Promise.all(programFiles.map((name) => tool.read(name)));
  const [inline, ...others] = operands;
  if (sources.length === 0 && inline === undefined) throw new ToolError(USAGE);
  const machine = new AwkMachine(parseAwk(sources.length > 0 ? sources.join('\n') : (inline ?? '')), tool);
  const { evaluator } = machine;
  setList(evaluator.globalList('ENVIRON'), Object.entries(tool.shell.exportedEnv ?? {}));
  const files = sources.length > 0 ? operands : others;
  setList(
    evaluator.globalList('ARGV'),
    ['awk', ...files].map((name, index) => [String(index), name] as const),
  );
  evaluator.setGlobal('ARGC', files.length + 1);
  if (separator !== undefined) evaluator.setGlobal('FS', separator === 't' ? '\t' : unescapeText(separator));
  for (const assignment of assignments) {
    if (!assignGlobal(evaluator, assignment)) throw new ToolError(`improper assignment: -v ${assignment}`);
  }
  tool.exitCode = Math.max(await run(machine), tool.exitCode);
}

function setList(list: Map<string, unknown>, entries: readonly (readonly [string, string])[]): void {
  for (const [key, value] of entries) list.set(key, inputValue(value));
}

async function run(machine: AwkMachine): Promise<number> {
  try {
    return await runSteps(machine.run());
  } catch (error) {
    if (error instanceof RangeError && FUNCTION_DEPTH.test(error.message)) throw new ToolError('functions are nested too deeply');
    throw error;
  }
}

/** Implements POSIX awk, and some functions of GNU awk. */
export const awkCommand: Command = toolCommand('awk', awk, 2);
