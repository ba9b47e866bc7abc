import { GlobAutomaton } from './glob-automaton.ts';
import { GlobParser, invalidGlob } from './glob-parser.ts';

const MAX_PATTERN_LENGTH = 256;
const MAX_TOTAL_LENGTH = 2048;

/**
 * True for paths that one of the patterns matches.
 *
 * Patterns are relative to the workspace and case-sensitive: `*` and `?` stay within one name, `**` as a whole part
 * stands for any directories, `[a-z]`, `[!a]`, `{a,b}`, `\` before a special character. A leading dot is not special.
 *
 * @throws {SandpodError} `invalid-options` for a pattern that is malformed, or longer than 256 characters (2048 in all).
 */
export function compileGlobs(patterns: readonly string[]): (path: string) => boolean {
  const total = patterns.reduce((sum, pattern) => sum + pattern.length, 0);
  if (total > MAX_TOTAL_LENGTH) throw invalidGlob(`at most ${MAX_TOTAL_LENGTH} characters in all patterns`, `${total}`);
  const automata = patterns.map(compileGlob);
  return (path) => {
    const codePoints = Array.from(path, (character) => character.codePointAt(0) ?? 0);
    return automata.some((automaton) => automaton.matches(codePoints));
  };
}

function compileGlob(pattern: string): GlobAutomaton {
  if (pattern.length > MAX_PATTERN_LENGTH) {
    throw invalidGlob(`a pattern of at most ${MAX_PATTERN_LENGTH} characters`, `one of ${pattern.length}`);
  }
  const relative = pattern.replace(/^(\.\/+)+/, '');
  const given = JSON.stringify(pattern);
  if (relative === '') throw invalidGlob('a pattern such as "**/*.png"', given);
  if (relative.startsWith('!')) throw invalidGlob('a pattern without "!", because files cannot be excluded', given);
  if (relative.startsWith('/') || relative.split('/').includes('..')) throw invalidGlob('a pattern relative to the workspace', given);
  return new GlobAutomaton(new GlobParser(relative.endsWith('/') ? `${relative}**` : relative).parse());
}
