import { GlobAutomaton } from './glob-automaton.ts';
import { GlobParser, invalidGlob } from './glob-parser.ts';

const MAX_PATTERN_LENGTH = 256;
const MAX_TOTAL_LENGTH = 2048;

/**
 * Returns a function that checks whether a path matches at least one of the patterns.
 *
 * Patterns are relative to the workspace and case-sensitive. `*` and `?` do not match `/`. As a whole path segment,
 * `**` matches any number of directories. `[a-z]`, `[!a]` and `{a,b}` are supported, and `\` escapes a special
 * character. `*` also matches a leading dot.
 *
 * @throws {SandpodError} `invalid-options` if a pattern is malformed or longer than 256 characters, or if all patterns
 * together are longer than 2048 characters.
 */
export function compileGlobs(patterns: readonly string[]): (path: string) => boolean {
  const total = patterns.reduce((sum, pattern) => sum + pattern.length, 0);
  if (total > MAX_TOTAL_LENGTH) throw invalidGlob(`at most ${MAX_TOTAL_LENGTH} characters in all patterns together`, `${total}`);
  const automata = patterns.map(compileGlob);
  return (path) => {
    const codePoints = Array.from(path, (character) => character.codePointAt(0) ?? 0);
    return automata.some((automaton) => automaton.matches(codePoints));
  };
}

function compileGlob(pattern: string): GlobAutomaton {
  if (pattern.length > MAX_PATTERN_LENGTH) {
    throw invalidGlob(`a pattern of at most ${MAX_PATTERN_LENGTH} characters`, `${pattern.length} characters`);
  }
  const relative = pattern.replace(/^(\.\/+)+/, '');
  const given = JSON.stringify(pattern);
  if (relative === '') throw invalidGlob('a pattern such as "**/*.png"', given);
  if (relative.startsWith('!')) throw invalidGlob('a pattern without "!", because files cannot be excluded', given);
  if (relative.startsWith('/') || relative.split('/').includes('..')) throw invalidGlob('a pattern relative to the workspace', given);
  return new GlobAutomaton(new GlobParser(relative.endsWith('/') ? `${relative}**` : relative).parse());
}
