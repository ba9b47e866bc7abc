import type { Command } from 'just-bash';
import { linesOf, type ToolRun, toolCommand } from './tool.ts';
import { namesOf, optionValue, readOptions, ToolError } from './tool-options.ts';

const long = {
  count: 'c',
  repeated: 'd',
  unique: 'u',
  'ignore-case': 'i',
  'skip-fields=': 'f',
  'skip-chars=': 's',
  'check-chars=': 'w',
  'zero-terminated': 'z',
};

async function uniq(tool: ToolRun): Promise<void> {
  const given = readOptions(tool.given, { flags: 'cduiDz', values: 'fsw', long });
  const names = namesOf(given);
  const number = (name: string, usual: number): number => {
    const value = optionValue(given, name) ?? String(usual);
    if (!/^\d+$/.test(value)) throw new ToolError(`${value}: invalid number`);
    return Number(value);
  };
  const [fields, characters, width] = [number('f', 0), number('s', 0), number('w', Number.MAX_SAFE_INTEGER)];
  const [input = '-', output] = given.operands;
  const separator = names.has('z') ? '\0' : '\n';
  const keyOf = (line: string): string => {
    const rest = line.replace(new RegExp(`^(?:[ \\t]*[^ \\t]+){0,${fields}}`), fields === 0 ? '$&' : '');
    const key = [...(fields === 0 ? line : rest)].slice(characters, characters + width).join('');
    return names.has('i') ? key.toLowerCase() : key;
  };
  const groups: string[][] = [];
  let last: string | undefined;
  for (const line of linesOf(await tool.read(input), separator)) {
    const key = keyOf(line);
    if (key === last) groups.at(-1)?.push(line);
    else groups.push([line]);
    last = key;
  }
  const chosen = groups.filter(
    ({ length }) => (names.has('d') || names.has('D') ? length > 1 : true) && (names.has('u') ? length === 1 : true),
  );
  const text = chosen
    .flatMap((group) => (names.has('D') ? group : [`${names.has('c') ? `${String(group.length).padStart(7)} ` : ''}${group[0]}`]))
    .map((line) => line + separator)
    .join('');
  if (output === undefined) tool.print(text);
  else await tool.write(output, text);
}

/** Implements GNU uniq. */
export const uniqCommand: Command = toolCommand('uniq', uniq);
