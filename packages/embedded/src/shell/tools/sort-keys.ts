import { ToolError } from './tool-options.ts';

export interface SortKey {
  readonly startField: number;
  readonly startCharacter: number;
  readonly endField: number;
  readonly endCharacter: number;
  /** The option letters for this key. If empty, the letters of the command apply. */
  readonly letters: string;
}

/** Parses the value of `-k`, such as `2,2n` or `1.3r`. */
export function readSortKey(value: string): SortKey {
  const match = /^(\d+)(?:\.(\d+))?([bdfgiMhnRrV]*)(?:,(\d+)(?:\.(\d+))?([bdfgiMhnRrV]*))?$/.exec(value);
  if (!match || match[1] === '0') throw new ToolError(`-: invalid field specification '${value}'`, 2);
  const [, field, character = '1', letters = '', endField = '0', endCharacter = '0', endLetters = ''] = match;
  return {
    startField: Number(field),
    startCharacter: Number(character),
    endField: Number(endField),
    endCharacter: Number(endCharacter),
    letters: letters + endLetters,
  };
}

interface Field {
  readonly start: number;
  readonly end: number;
}

/** Returns the fields of a line. Without a separator, a field begins with the blanks before it. */
function fieldsOf(line: string, separator: string | undefined): Field[] {
  const fields: Field[] = [];
  if (separator === undefined) {
    for (const match of line.matchAll(/[ \t]*[^ \t]+/g)) fields.push({ start: match.index, end: match.index + match[0].length });
    return fields;
  }
  let start = 0;
  for (const field of line.split(separator)) {
    fields.push({ start, end: start + field.length });
    start += field.length + separator.length;
  }
  return fields;
}

/** Returns the part of a line that a key selects. */
export function keyText(
  line: string,
  { key, separator, skipsBlanks }: { readonly key: SortKey; readonly separator: string | undefined; readonly skipsBlanks: boolean },
): string {
  const fields = fieldsOf(line, separator);
  const first = fields[key.startField - 1];
  if (!first) return '';
  const blanks = (at: number): number => (skipsBlanks ? at + (/^[ \t]*/.exec(line.slice(at))?.[0].length ?? 0) : at);
  const start = blanks(first.start) + key.startCharacter - 1;
  if (key.endField === 0) return line.slice(start);
  const last = fields[key.endField - 1];
  if (!last) return line.slice(start);
  const end = key.endCharacter === 0 ? last.end : Math.min(line.length, blanks(last.start) + key.endCharacter);
  return line.slice(start, Math.max(start, end));
}
