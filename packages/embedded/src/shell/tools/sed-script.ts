import { compileRegex, type RegexSyntax } from './posix-regex.ts';
import { SedReader } from './sed-reader.ts';
import { ToolError } from './tool-options.ts';

export type SedAddress =
  | { readonly type: 'line'; readonly line: number }
  | { readonly type: 'last' }
  | { readonly type: 'step'; readonly first: number; readonly step: number }
  | { readonly type: 'offset'; readonly lines: number; readonly isMultiple: boolean }
  | { readonly type: 'regex'; readonly regex: RegExp | undefined };

export interface SedSubstitution {
  readonly regex: RegExp | undefined;
  readonly replacement: string;
  readonly isGlobal: boolean;
  readonly prints: boolean;
  readonly executes: boolean;
  readonly nth: number;
  readonly file: string | undefined;
}

export interface SedCommand {
  readonly name: string;
  readonly from: SedAddress | undefined;
  readonly to: SedAddress | undefined;
  readonly isNegated: boolean;
  /** The text, file name, label or exit code of the command. */
  readonly text: string;
  readonly substitution: SedSubstitution | undefined;
  readonly map: ReadonlyMap<string, string> | undefined;
  /** The index after the matching `}` if the command is `{`. */
  end: number;
}

function unescapedText(text: string): string {
  return text.replace(/\\([\s\S])/g, (_, character: string) => (character === 't' ? '\t' : character));
}

/** Parses the script of sed. */
export class SedScript {
  readonly commands: SedCommand[] = [];
  readonly labels = new Map<string, number>();
  readonly #reader: SedReader;
  readonly #syntax: RegexSyntax;
  readonly #open: SedCommand[] = [];

  constructor(source: string, isExtended: boolean) {
    this.#reader = new SedReader(source);
    this.#syntax = { type: isExtended ? 'extended' : 'basic', hasEscapes: true };
    for (;;) {
      this.#reader.skip(/[\s;]*/y);
      if (this.#reader.isAtEnd) break;
      this.#command();
    }
    if (this.#open.length > 0) throw new ToolError("-e expression #1, char 0: unmatched `{'");
  }

  #command(): void {
    const reader = this.#reader;
    if (reader.skip(/#[^\n]*/y) !== '') return;
    const from = this.#address();
    reader.skip(/\s*/y);
    let to: SedAddress | undefined;
    if (from && reader.skip(/,\s*/y) !== '') {
      to = this.#address();
      if (!to) throw new ToolError("-e expression #1: unexpected `,'");
    }
    const isNegated = reader.skip(/\s*!\s*/y).includes('!');
    reader.skip(/\s*/y);
    const name = reader.skip(/[\s\S]/y);
    const command = { name, from, to, isNegated, end: 0, ...this.#details(name) };
    if (name === ':') this.labels.set(command.text, this.commands.length);
    else if (name === '}') this.#closeGroup();
    else this.commands.push(command);
    if (name === '{') this.#open.push(command);
  }

  #closeGroup(): void {
    const group = this.#open.pop();
    if (!group) throw new ToolError("-e expression #1: unexpected `}'");
    group.end = this.commands.length;
    this.#reader.endCommand();
  }

  #details(name: string): Pick<SedCommand, 'text' | 'substitution' | 'map'> {
    const plain = { text: '', substitution: undefined, map: undefined };
    const reader = this.#reader;
    if (name === '{' || name === '}') return plain;
    if (name === 's') return { ...plain, substitution: this.#substitution() };
    if (name === 'y') return { ...plain, map: this.#map() };
    if ('aic'.includes(name) && name !== '') return { ...plain, text: this.#text() };
    if (/^[:btT]$/.test(name)) return { ...plain, text: reader.skip(name === ':' ? /[^\n;]*/y : /[^\n;}]*/y).trim() };
    if (/^[rwRW]$/.test(name)) return { ...plain, text: reader.skip(/[^\n]*/y).trim() };
    if (/^[qQlL]$/.test(name)) {
      const text = reader.skip(/[ \t]*\d*/y).trim();
      reader.endCommand();
      return { ...plain, text };
    }
    if (name === 'e') throw new ToolError("the command `e' is not supported in this sandbox");
    if (!/^[=dDgGhHnNpPxzF]$/.test(name)) throw new ToolError(name === '' ? 'missing command' : `unknown command: \`${name}'`);
    reader.endCommand();
    return plain;
  }

  #address(): SedAddress | undefined {
    const reader = this.#reader;
    if (reader.skip(/\$/y) !== '') return { type: 'last' };
    const step = reader.match(/(\d+)\s*~\s*(\d+)/y);
    if (step) return { type: 'step', first: Number(step[1]), step: Number(step[2]) };
    const offset = reader.match(/([+~])(\d+)/y);
    if (offset) return { type: 'offset', lines: Number(offset[2]), isMultiple: offset[1] === '~' };
    const line = reader.skip(/\d+/y);
    if (line !== '') return { type: 'line', line: Number(line) };
    const start = reader.match(/\/|\\([^\n\\])/y);
    if (!start) return undefined;
    const pattern = reader.delimited(start[1] ?? '/', true);
    const flags = reader.skip(/[IM]*/y);
    return { type: 'regex', regex: this.#regex(pattern, flags) };
  }

  #regex(pattern: string, flags: string): RegExp | undefined {
    if (pattern === '') return undefined;
    const letters = `${/i/i.test(flags) ? 'i' : ''}${/m/i.test(flags) ? 'm' : ''}s`;
    return compileRegex(pattern, { syntax: this.#syntax, flags: `g${letters}` });
  }

  #substitution(): SedSubstitution {
    const reader = this.#reader;
    const delimiter = reader.skip(/[^\n\\]/y);
    const pattern = reader.delimited(delimiter, true);
    const replacement = reader.delimited(delimiter, false);
    const flags = reader.skip(/[gpiIemM\d]*/y);
    const file = reader.match(/w[ \t]*([^\n]*)/y)?.[1];
    if (file === undefined) reader.endCommand("unknown option to `s'");
    if (flags.includes('e')) throw new ToolError("the flag `e' of `s' is not supported in this sandbox");
    return {
      regex: this.#regex(pattern, flags),
      replacement,
      isGlobal: flags.includes('g'),
      prints: flags.includes('p'),
      executes: false,
      nth: Number(/\d+/.exec(flags)?.[0] ?? 1),
      file,
    };
  }

  #map(): ReadonlyMap<string, string> {
    const reader = this.#reader;
    const delimiter = reader.skip(/[^\n\\]/y);
    const characters = (text: string): string[] => [
      ...text.replace(/\\([nt\\])/g, (_, letter: string) => ({ n: '\n', t: '\t' })[letter] ?? '\\'),
    ];
    const from = characters(reader.delimited(delimiter, false));
    const to = characters(reader.delimited(delimiter, false));
    if (from.length !== to.length) throw new ToolError("-e expression #1: strings for `y' command are different lengths");
    reader.endCommand();
    return new Map(from.map((character, index) => [character, to[index] ?? '']));
  }

  /** Reads the text of `a`, `i` and `c`, on the same line or after a backslash. A backslash continues the text on the next line. */
  #text(): string {
    const reader = this.#reader;
    reader.skip(/[ \t]*/y);
    if (reader.skip(/\\[ \t]*\n/y) === '') reader.skip(/\\(?=[^\n])/y);
    const text = reader.skip(/(?:[^\n\\]|\\[\s\S])*\\?/y);
    if (text === '') throw new ToolError("expected \\ after `a', `c' or `i'");
    return text === '\\' ? '' : `${unescapedText(text)}\n`;
  }
}
