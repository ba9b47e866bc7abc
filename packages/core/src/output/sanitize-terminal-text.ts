import { TerminalSanitizer } from './terminal-sanitizer.ts';

/**
 * Makes guest output safe to print on a terminal.
 *
 * Keeps text, line breaks, tabs and colors, and removes all other control characters and escape sequences. A CR without
 * LF becomes a line break, so that output cannot overwrite earlier text.
 */
export function sanitizeTerminalText(text: string): string {
  const sanitizer = new TerminalSanitizer();
  return sanitizer.push(text) + sanitizer.end();
}

/** All color sequences that the sanitizer keeps. Node's `stripVTControlCharacters` recognizes only some of them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: this pattern must match control characters
const COLOURS = /\u001b\[[0-9:;]*m/g;

/** Removes the color sequences that {@link sanitizeTerminalText} keeps. */
export function stripColours(sanitized: string): string {
  return sanitized.replace(COLOURS, '');
}
