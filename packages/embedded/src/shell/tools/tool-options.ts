/** The options that a tool accepts. */
export interface OptionRules {
  /** Letters of options without a value. */
  readonly flags: string;
  /** Letters of options with a value. */
  readonly values?: string;
  /** Maps each long name to the letter or name of the option. A name that ends in `=` takes a value. With `=?`, the value is optional. */
  readonly long?: Readonly<Record<string, string>>;
  /** If true, the first operand ends the options. */
  readonly stopsAtOperand?: boolean;
  /** The option that a number sets. If it is `n`, `-5` means `-n 5`. */
  readonly digits?: string;
}

export interface GivenOptions {
  readonly options: readonly { readonly name: string; readonly value: string }[];
  readonly operands: readonly string[];
}

/** Thrown if a tool is called with arguments that are invalid or not supported. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

class OptionReader {
  readonly options: { name: string; value: string }[] = [];
  readonly operands: string[] = [];
  readonly #rules: OptionRules;
  readonly #rest: string[];

  constructor(given: readonly string[], rules: OptionRules) {
    this.#rest = [...given];
    this.#rules = rules;
  }

  read(): GivenOptions {
    for (let word = this.#rest.shift(); word !== undefined; word = this.#rest.shift()) {
      if (word === '--') break;
      if (word.startsWith('--')) this.#long(word);
      else if (word.length > 1 && word.startsWith('-')) this.#short(word);
      else {
        this.operands.push(word);
        if (this.#rules.stopsAtOperand) break;
      }
    }
    this.operands.push(...this.#rest);
    return { options: this.options, operands: this.operands };
  }

  #short(word: string): void {
    const digits = /^-(\d+)$/.exec(word)?.[1];
    if (digits !== undefined && this.#rules.digits) {
      this.options.push({ name: this.#rules.digits, value: digits });
      return;
    }
    for (let index = 1; index < word.length; index += 1) {
      const name = word[index] ?? '';
      if (this.#rules.flags.includes(name)) this.options.push({ name, value: '' });
      else if (this.#rules.values?.includes(name)) {
        this.options.push({ name, value: word.slice(index + 1) || this.#next(`option requires an argument -- '${name}'`) });
        return;
      } else throw new ToolError(`invalid option -- '${name}'`);
    }
  }

  #long(word: string): void {
    const [name = '', ...parts] = word.slice(2).split('=');
    const long = this.#rules.long ?? {};
    const rule = Object.keys(long).find((key) => key.replace(/=\??$/, '') === name);
    if (rule === undefined) throw new ToolError(`unrecognized option '${word}'`);
    let value = parts.join('=');
    if (rule.endsWith('=') && parts.length === 0) value = this.#next(`option '--${name}' requires an argument`);
    this.options.push({ name: long[rule] ?? name, value });
  }

  #next(message: string): string {
    const value = this.#rest.shift();
    if (value === undefined) throw new ToolError(message);
    return value;
  }
}

/** Reads the options of a tool in the same way as `getopt`. @throws {ToolError} for an option that is not in `rules`. */
export function readOptions(given: readonly string[], rules: OptionRules): GivenOptions {
  return new OptionReader(given, rules).read();
}

/** Returns the last value of the option `name`. */
export function optionValue({ options }: GivenOptions, name: string): string | undefined {
  return options.findLast((option) => option.name === name)?.value;
}

/** Returns the names of all options that were given. */
export function namesOf({ options }: GivenOptions): ReadonlySet<string> {
  return new Set(options.map(({ name }) => name));
}
