import { readBracket } from './regex-brackets.ts';
import { ToolError } from './tool-options.ts';

export interface RegexSyntax {
  readonly type: 'basic' | 'extended' | 'perl' | 'fixed';
  /** If true, `\t` and `\n` mean tab and newline, as in sed and awk. */
  readonly hasEscapes?: boolean;
  /** If true, a backslash also escapes characters inside brackets, as in awk. */
  readonly escapesBrackets?: boolean;
}

const controls: Readonly<Record<string, string>> = { n: '\\n', t: '\\t', r: '\\r', f: '\\f', v: '\\v', a: '\\x07' };
const wordParts: Readonly<Record<string, string>> = {
  '<': '\\b(?=\\w)',
  '>': '\\b(?<=\\w)',
  '`': '(?<![^])',
  "'": '(?![^])',
};

function escapeLiteral(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** Translates a regular expression of the POSIX tools or of Perl to JavaScript syntax with the `u` flag. */
class RegexTranslator {
  readonly #text: string;
  readonly #syntax: RegexSyntax;
  #at = 0;
  #out = '';
  /** The start of the last atom in the output, or -1 if nothing can be repeated. */
  #atom = -1;
  #isRepeated = false;
  readonly #groups: number[] = [];

  constructor(text: string, syntax: RegexSyntax) {
    this.#text = text;
    this.#syntax = syntax;
  }

  translate(): string {
    while (this.#at < this.#text.length) this.#next();
    if (this.#groups.length > 0) throw new ToolError('Unmatched ( or \\(');
    return keptOut(this.#out);
  }

  get #isBasic(): boolean {
    return this.#syntax.type === 'basic';
  }

  #next(): undefined {
    const character = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    if (character === '\\') return this.#escape();
    if (character === '[') return this.#bracket();
    this.#at += character.length;
    if (character === '.') return this.#put('.');
    if (character === '*') return this.#repeat('*');
    if (character === '^' || character === '$') return this.#anchor(character);
    if (!this.#isBasic && '+?|(){'.includes(character)) return this.#operator(character);
    return this.#put(escapeLiteral(character));
  }

  #put(atom: string): undefined {
    this.#atom = this.#out.length;
    this.#isRepeated = false;
    this.#out += atom;
  }

  #bracket(): undefined {
    const { end, expression } =
      this.#syntax.type === 'perl' || this.#syntax.escapesBrackets
        ? readBracket(this.#text, { at: this.#at, escapes: 'all' })
        : readBracket(this.#text, { at: this.#at, escapes: this.#syntax.hasEscapes ? 'controls' : 'none' });
    this.#at = end;
    this.#put(expression);
  }

  #anchor(character: string): undefined {
    const isStart = this.#out === '' || /(?:^|[^\\])(?:\((?:\?:)?|\|)$/.test(this.#out);
    const rest = this.#text.slice(this.#at);
    const isEnd = rest === '' || rest.startsWith('\\)') || rest.startsWith('\\|');
    if (this.#isBasic && (character === '^' ? !isStart : !isEnd)) return this.#put(`\\${character}`);
    this.#out += character;
    this.#atom = -1;
  }

  #repeat(operator: string): undefined {
    if (this.#atom < 0) {
      if (this.#syntax.type === 'perl') throw new ToolError(`quantifier does not follow a repeatable item: ${operator}`);
      if (this.#out.endsWith('^') || this.#isBasic) return this.#put(escapeLiteral(operator));
      return this.#put(this.#out === '' || /[(|]$/.test(this.#out) ? escapeLiteral(operator) : '');
    }
    if (this.#isRepeated && this.#syntax.type !== 'perl') this.#out = `${this.#out.slice(0, this.#atom)}(?:${this.#out.slice(this.#atom)})`;
    if (this.#isRepeated && this.#syntax.type === 'perl' && operator === '+')
      throw new ToolError('possessive quantifiers are not supported in this sandbox');
    this.#out += operator;
    this.#isRepeated = true;
  }

  #operator(character: string): undefined {
    if (character === '(') return this.#open();
    if (character === ')') return this.#close();
    if (character === '|') return this.#alternative();
    if (character === '{') return this.#interval(/^(\d*)(,?)(\d*)\}/);
    return this.#repeat(character);
  }

  #alternative(): undefined {
    this.#out += '|';
    this.#atom = -1;
  }

  #open(): undefined {
    this.#groups.push(this.#out.length);
    const special = this.#syntax.type === 'perl' ? /^\?(?:[:=!]|<[=!]|P?<(\w+)>|#[^)]*|>)?/.exec(this.#text.slice(this.#at)) : null;
    if (special?.[0] === '?>') throw new ToolError('atomic groups are not supported in this sandbox');
    if (special?.[0] === '?')
      throw new ToolError(`the group (${this.#text.slice(this.#at, this.#at + 3)} is not supported in this sandbox`);
    this.#at += special?.[0].length ?? 0;
    this.#out += `(${special?.[1] === undefined ? (special?.[0] ?? '') : `?<${special[1]}>`}`;
    this.#atom = -1;
  }

  #close(): undefined {
    const start = this.#groups.pop();
    if (start === undefined) {
      if (this.#syntax.type === 'extended') return this.#put('\\)');
      throw new ToolError('Unmatched ) or \\)');
    }
    this.#out = `${this.#out.slice(0, start)}${longestFirst(this.#out.slice(start))})`;
    this.#atom = start;
    this.#isRepeated = false;
  }

  #interval(pattern: RegExp): undefined {
    const match = pattern.exec(this.#text.slice(this.#at));
    const [whole = '', least = '', comma = '', most = ''] = match ?? [];
    if (!match || (least === '' && most === '')) {
      if (this.#isBasic) throw new ToolError('Invalid preceding regular expression');
      return this.#put('\\{');
    }
    this.#at += whole.length;
    this.#repeat(`{${least || '0'}${comma}${most}}`);
  }

  #escape(): undefined {
    const rest = this.#text.slice(this.#at + 1);
    if (rest === '') throw new ToolError('Trailing backslash');
    const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
    this.#at += 1 + character.length;
    if (this.#isBasic && '(){|+?'.includes(character)) return this.#basicOperator(character);
    if (/[1-9]/.test(character)) return this.#put(`(?:\\${character})`);
    if (/[wWsSbB]/.test(character)) return this.#class(character);
    if (this.#syntax.type === 'perl') return this.#perlEscape(character);
    if (wordParts[character] !== undefined) {
      this.#out += wordParts[character];
      return;
    }
    const control = this.#syntax.hasEscapes ? controls[character] : undefined;
    if (control !== undefined) return this.#put(control);
    const code = this.#syntax.hasEscapes ? /^x[0-9A-Fa-f]{2}/.exec(rest)?.[0] : undefined;
    if (code !== undefined) this.#at += 2;
    return this.#put(code === undefined ? escapeLiteral(character) : `\\${code}`);
  }

  #basicOperator(character: string): undefined {
    if (character === '{') return this.#interval(/^(\d*)(,?)(\d*)\\\}/);
    return this.#operator(character);
  }

  #class(character: string): undefined {
    if ('bB'.includes(character)) this.#out += `\\${character}`;
    else this.#put(`\\${character}`);
  }

  #perlEscape(character: string): undefined {
    if (character === 'K') {
      if (this.#groups.length > 0) throw new ToolError('\\K inside of a group is not supported in this sandbox');
      this.#out = `${keptMark}${this.#out}${keptMark}`;
      this.#atom = -1;
      return;
    }
    if (character === 'A') this.#out += '(?<![^])';
    else if (character === 'z' || character === 'Z') this.#out += '(?![^])';
    else if (character === 'h') this.#put('[ \\t]');
    else if (character === 'R') this.#put('(?:\\r\\n|[\\n\\r])');
    else if (/[dDnrtfv]/.test(character)) this.#put(`\\${character}`);
    else if (character === 'x') this.#hexadecimal();
    else if (character === 'p' || character === 'P') this.#property(character);
    else if (/[A-Za-z0-9]/.test(character)) throw new ToolError(`\\${character} is not supported in this sandbox`);
    else this.#put(escapeLiteral(character));
  }

  #hexadecimal(): undefined {
    const [whole = '', braced, plain] = /^(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))/.exec(this.#text.slice(this.#at)) ?? [];
    if (whole === '') throw new ToolError('invalid \\x escape');
    this.#at += whole.length;
    this.#put(`\\u{${braced ?? plain}}`);
  }

  #property(character: string): undefined {
    const [whole = '', name = ''] = /^\{?\^?(\w+)\}?/.exec(this.#text.slice(this.#at)) ?? [];
    this.#at += whole.length;
    this.#put(`\\${character}{${name}}`);
  }
}

const keptMark = '\uE000';

/** Translates `A\KB`, which matches `B` after `A`. */
function keptOut(pattern: string): string {
  const parts = pattern.split(keptMark);
  return parts.length < 3 ? longestFirst(pattern) : `(?<=${parts.slice(0, -1).join('')})${parts.at(-1)}`;
}

/** Orders literal alternatives by length, because POSIX uses the longest alternative that matches, but JavaScript the first. */
function longestFirst(group: string): string {
  const [, start = '', body = ''] = /^(\((?:\?:)?)?([\s\S]*)$/.exec(group) ?? [];
  if (!/^[\w |,:;=@#%&~"'<>!-]*\|[\w |,:;=@#%&~"'<>!-]*$/.test(body)) return group;
  return (
    start +
    body
      .split('|')
      .sort((left, right) => right.length - left.length)
      .join('|')
  );
}

/** Compiles a regular expression. @throws {ToolError} if it is invalid or uses features that JavaScript lacks. */
export function compileRegex(pattern: string, options: { readonly syntax: RegexSyntax; readonly flags?: string }): RegExp {
  const { syntax, flags = '' } = options;
  const inline = syntax.type === 'perl' ? /^\(\?([ims]+)\)/.exec(pattern) : null;
  const source =
    syntax.type === 'fixed' ? escapeLiteral(pattern) : new RegexTranslator(pattern.slice(inline?.[0].length ?? 0), syntax).translate();
  try {
    return new RegExp(source, [...new Set(`u${flags}${inline?.[1] ?? ''}`)].join(''));
  } catch (error) {
    throw new ToolError(`invalid regular expression '${pattern}': ${(error as Error).message}`, 2);
  }
}
