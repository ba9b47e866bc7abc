import { SandpodError } from '../errors/sandpod-error.ts';
import type { GlobNode, Matches } from './glob-automaton.ts';

const isInName: Matches = (codePoint) => codePoint !== 0x2f;
const isAnything: Matches = () => true;
const SLASH = literal('/');

/** Parses one glob pattern. */
export class GlobParser {
  readonly #pattern: string;
  readonly #characters: readonly string[];
  #position = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
    this.#characters = [...pattern];
  }

  /** Parses the whole pattern. @throws {SandpodError} `invalid-options` if the pattern is malformed. */
  parse(): GlobNode[] {
    return this.#sequence(0);
  }

  #sequence(depth: number): GlobNode[] {
    const nodes: GlobNode[] = [];
    for (let character = this.#peek(); character !== undefined; character = this.#peek()) {
      if (depth > 0 && (character === ',' || character === '}')) break;
      this.#position += 1;
      nodes.push(this.#node(character, depth));
    }
    return nodes;
  }

  #node(character: string, depth: number): GlobNode {
    if (character === '*') return this.#stars();
    if (character === '?') return { kind: 'one', matches: isInName };
    if (character === '[') return this.#class();
    if (character === '{') return this.#alternatives(depth + 1);
    if (character === '\\') return literal(this.#take('a character after "\\"'));
    return literal(character);
  }

  /** Parses one or more stars. As a whole path segment, `**` matches any number of directories. Anywhere else it is the same as `*`. */
  #stars(): GlobNode {
    const start = this.#position - 1;
    while (this.#peek() === '*') this.#position += 1;
    const isWholePart = this.#position - start === 2 && isBorder(this.#characters[start - 1], '{') && isBorder(this.#peek(), '}');
    if (!isWholePart) return { kind: 'many', matches: isInName, atLeast: 0 };
    if (this.#peek() !== '/') return { kind: 'many', matches: isAnything, atLeast: 1 };
    this.#position += 1;
    return { kind: 'optional', nodes: [{ kind: 'many', matches: isAnything, atLeast: 0 }, SLASH] };
  }

  #alternatives(depth: number): GlobNode {
    const alternatives = [this.#sequence(depth)];
    while (this.#take('"}" after "{"') === ',') alternatives.push(this.#sequence(depth));
    if (alternatives.length === 1) throw this.#invalid('"{a,b}" with at least two alternatives');
    return { kind: 'either', alternatives };
  }

  #class(): GlobNode {
    const isNegated = this.#peek() === '!' || this.#peek() === '^';
    if (isNegated) this.#position += 1;
    const ranges: (readonly [from: number, to: number])[] = [];
    do ranges.push(this.#range());
    while (this.#peek() !== ']');
    this.#position += 1;
    return {
      kind: 'one',
      matches: (codePoint) => isInName(codePoint) && ranges.some(([from, to]) => codePoint >= from && codePoint <= to) !== isNegated,
    };
  }

  #range(): readonly [from: number, to: number] {
    if (this.#peek() === '[' && this.#peek(1) === ':') throw this.#invalid('a class with single characters and ranges, as in "[a-z0-9]"');
    const from = this.#classCharacter();
    if (this.#peek() !== '-' || this.#peek(1) === ']') return [from, from];
    this.#position += 1;
    const to = this.#classCharacter();
    if (to < from) throw this.#invalid('a range whose end comes after its start');
    return [from, to];
  }

  #classCharacter(): number {
    const character = this.#take('"]" after "["');
    return codePointOf(character === '\\' ? this.#take('a character after "\\"') : character);
  }

  #peek(ahead = 0): string | undefined {
    return this.#characters[this.#position + ahead];
  }

  #take(expected: string): string {
    const character = this.#peek();
    if (character === undefined) throw this.#invalid(expected);
    this.#position += 1;
    return character;
  }

  #invalid(expected: string): SandpodError {
    return invalidGlob(expected, JSON.stringify(this.#pattern));
  }
}

function literal(character: string): GlobNode {
  const expected = codePointOf(character);
  return { kind: 'one', matches: (codePoint) => codePoint === expected };
}

function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function isBorder(character: string | undefined, brace: '{' | '}'): boolean {
  return character === undefined || character === '/' || character === ',' || character === brace;
}

export function invalidGlob(expected: string, given: string): SandpodError {
  return new SandpodError({ code: 'invalid-options', message: `glob: expected ${expected}, given ${given}.`, details: { expected } });
}
