import { ToolError } from '../tool-options.ts';
import { formatText } from './format.ts';
import { AwkRecord } from './record.ts';
import { textOf } from './texts.ts';
import type { NameNode } from './tree.ts';
import { numberOf, type Value } from './values.ts';
import { type AwkList, Variable } from './variables.ts';

const DEFAULTS: Readonly<Record<string, string | number>> = {
  FS: ' ',
  OFS: ' ',
  ORS: '\n',
  RS: '\n',
  SUBSEP: '\x1c',
  CONVFMT: '%.6g',
  OFMT: '%.6g',
  NR: 0,
  FNR: 0,
  RSTART: 0,
  RLENGTH: -1,
  FILENAME: '',
};

/** The variables and the record of a program. */
export class AwkMemory {
  readonly record: AwkRecord;
  /** The parameters and local variables of the function that is running. */
  frame: readonly Variable[] = [];
  readonly #globals = new Map<string, Variable>();

  constructor() {
    for (const [name, value] of Object.entries(DEFAULTS)) this.#globals.set(name, new Variable(value));
    this.record = new AwkRecord(() => ({
      fieldSeparator: this.global('FS'),
      outputSeparator: this.global('OFS'),
      isParagraph: this.global('RS') === '',
      toText: (value) => this.toText(value),
    }));
  }

  /** Returns the text of a global variable. */
  global(name: string): string {
    const { value } = this.#global(name);
    return value instanceof Map ? '' : this.toText(value);
  }

  setGlobal(name: string, value: Value): void {
    if (name === 'NF') this.record.count = fieldIndex(value);
    else this.#global(name).value = value;
  }

  /** Adds 1 to a global variable, such as NR. */
  count(name: string): void {
    const variable = this.#global(name);
    variable.value = numberOf(variable.value instanceof Map ? 0 : variable.value) + 1;
  }

  globalList(name: string): AwkList {
    return this.list({ kind: 'name', name, slot: undefined });
  }

  toText(value: Value): string {
    return this.#textAs(value, 'CONVFMT');
  }

  /** Returns the text that `print` prints for a value. */
  toPrinted(value: Value): string {
    return this.#textAs(value, 'OFMT');
  }

  /** Returns the text that `printf` prints for a format and its values. */
  formatted([format, ...values]: readonly Value[]): string {
    return formatText(this.toText(format), values, (value) => this.toText(value));
  }

  list(name: NameNode): AwkList {
    const list = this.variable(name).list();
    if (list === undefined) throw new ToolError(`${name.name} is a value, but is used as a list`);
    return list;
  }

  /** Returns the list in a variable, or undefined if the variable has a value or was never set. */
  listIfAny(name: NameNode): AwkList | undefined {
    const { value } = this.variable(name);
    return value instanceof Map ? value : undefined;
  }

  /** Looks the format up only for the values that need one. */
  #textAs(value: Value, name: 'CONVFMT' | 'OFMT'): string {
    return textOf(value, typeof value === 'number' && !Number.isInteger(value) ? this.format(name) : '');
  }

  #global(name: string): Variable {
    let variable = this.#globals.get(name);
    if (variable === undefined) {
      variable = new Variable();
      this.#globals.set(name, variable);
    }
    return variable;
  }

  variable({ name, slot }: NameNode): Variable {
    return (slot === undefined ? undefined : this.frame[slot]) ?? this.#global(name);
  }

  valueOf(name: NameNode): Value {
    if (name.slot === undefined && name.name === 'NF') return this.record.count;
    const { value } = this.variable(name);
    if (value instanceof Map) throw new ToolError(`${name.name} is a list, but is used as a value`);
    return value;
  }

  format(name: 'CONVFMT' | 'OFMT'): string {
    const { value } = this.#global(name);
    return typeof value === 'string' ? value : '%.6g';
  }
}

/** Converts a value to the number of a field. */
export function fieldIndex(value: Value): number {
  const index = Math.trunc(numberOf(value));
  if (index < 0 || index > 1_000_000) throw new ToolError(`attempt to access field ${index}`);
  return index;
}
