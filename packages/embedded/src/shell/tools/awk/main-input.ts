import type { ToolRun } from '../tool.ts';
import type { Evaluator } from './evaluator.ts';
import { RecordReader } from './input.ts';
import { awaited, type Steps } from './steps.ts';
import { unescapeText } from './tokens.ts';
import { inputValue } from './values.ts';

const ASSIGNMENT = /^([A-Za-z_]\w*)=([\s\S]*)$/;

/** The records of the files in ARGV. An operand such as `name=value` sets a variable before the next file is read. */
export class MainInput {
  readonly #tool: ToolRun;
  readonly #evaluator: Evaluator;
  #reader: RecordReader | undefined;
  #index = 0;
  #hasRead = false;

  constructor(tool: ToolRun, evaluator: Evaluator) {
    this.#tool = tool;
    this.#evaluator = evaluator;
  }

  *next(): Steps<string | undefined> {
    for (;;) {
      this.#reader ??= yield* this.#open();
      if (this.#reader === undefined) return undefined;
      const record = this.#reader.next(this.#evaluator.global('RS'));
      if (record !== undefined) return record;
      this.#reader = undefined;
    }
  }

  skipFile(): void {
    this.#reader = undefined;
  }

  /** Opens the next file, or standard input if there are no files. */
  *#open(): Steps<RecordReader | undefined> {
    for (;;) {
      const name = this.#nextFile();
      if (name === undefined && this.#hasRead) return undefined;
      this.#hasRead = true;
      const text = yield* awaited(this.#tool.tryRead(name ?? '-', 2));
      if (text === undefined) continue;
      this.#evaluator.setGlobal('FILENAME', name ?? '');
      this.#evaluator.setGlobal('FNR', 0);
      return new RecordReader(text);
    }
  }

  #nextFile(): string | undefined {
    const operands = this.#evaluator.globalList('ARGV');
    const count = Number(this.#evaluator.global('ARGC'));
    while (this.#index + 1 < count) {
      this.#index += 1;
      const operand = this.#evaluator.toText(operands.get(String(this.#index)));
      if (!assignGlobal(this.#evaluator, operand) && operand !== '') return operand;
    }
    return undefined;
  }
}

/** Sets a variable if the text has the form `name=value`, as on the command line. Returns false for other text. */
export function assignGlobal(evaluator: Evaluator, text: string): boolean {
  const [, name, value = ''] = ASSIGNMENT.exec(text) ?? [];
  if (name === undefined) return false;
  evaluator.setGlobal(name, inputValue(unescapeText(value)));
  return true;
}
