import { ToolError } from './tool-options.ts';

const classes: Readonly<Record<string, string>> = {
  alpha: '\\p{L}',
  digit: '0-9',
  alnum: '\\p{L}\\p{N}',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`\\{-~',
  print: '\\x20-\\x7e\\u00a0-\\u{10ffff}',
  graph: '\\x21-\\x7e\\u00a1-\\u{10ffff}',
  cntrl: '\\x00-\\x1f\\x7f',
  xdigit: '0-9A-Fa-f',
  word: '\\w',
};

const controls: Readonly<Record<string, string>> = { n: '\\n', t: '\\t', r: '\\r', f: '\\f', v: '\\v' };

export interface Bracket {
  readonly end: number;
  readonly expression: string;
}

export interface BracketPlace {
  readonly at: number;
  readonly escapes: 'none' | 'controls' | 'all';
}

function member(character: string): string {
  return /[\\\][^&-]/.test(character) && character !== '&' ? `\\${character}` : character;
}

function escaped(character: string, { escapes }: BracketPlace): string | undefined {
  if (controls[character] !== undefined && escapes !== 'none') return controls[character];
  if (escapes !== 'all') return undefined;
  if (/[dDwWsS]/.test(character)) return `\\${character}`;
  return character === 'h' ? ' \\t' : member(character);
}

/** Reads one member of a bracket expression. Returns its translation and length. */
function readMember(text: string, place: BracketPlace): { readonly value: string; readonly length: number } {
  const rest = text.slice(place.at);
  const named = /^\[([:.=])(.*?)\1\]/s.exec(rest);
  if (named) {
    const [whole, type, name = ''] = named;
    const value = type === ':' ? classes[name] : member(name);
    if (value === undefined) throw new ToolError(`Invalid character class name: ${name}`);
    return { value, length: whole.length };
  }
  if (rest.startsWith('\\') && rest.length > 1) {
    const value = escaped(rest[1] ?? '', place);
    if (value !== undefined) return { value, length: 2 };
  }
  const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  const isRange = character === '-' && place.at > 1 && !rest.startsWith('-]') && !/\[\^?$/.test(text.slice(0, place.at));
  return { value: isRange ? '-' : member(character), length: character.length };
}

/** Translates the bracket expression at `place` to a JavaScript character class. */
export function readBracket(text: string, place: BracketPlace): Bracket {
  let at = place.at + 1;
  const isNegated = text[at] === '^';
  if (isNegated) at += 1;
  let members = '';
  for (let first = true; first || text[at] !== ']'; first = false) {
    if (at >= text.length) throw new ToolError('Unmatched [, [^, [:, [., or [=');
    const { value, length } = readMember(text, { at, escapes: place.escapes });
    members += value;
    at += length;
  }
  return { end: at + 1, expression: `[${isNegated ? '^' : ''}${safeRanges(members)}]` };
}

/** Escapes a hyphen next to a character class. The class cannot be the end of a range, so the hyphen is a literal character. */
function safeRanges(members: string): string {
  return members.replace(/(\\[dDwWsS]|\\p\{\w+\})-/g, '$1\\-').replace(/^-/, '\\-');
}
