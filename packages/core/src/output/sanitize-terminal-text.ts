import { TerminalSanitizer } from './terminal-sanitizer.ts';

/**
 * Makes guest output harmless on a terminal: text, line breaks, tabs and colours stay, everything else that a terminal
 * would obey is dropped. A lone CR becomes a line break, so that nothing can be written over.
 */
export function sanitizeTerminalText(text: string): string {
  const sanitizer = new TerminalSanitizer();
  return sanitizer.push(text) + sanitizer.end();
}

/** All forms of colour that the sanitizer keeps; Node's `stripVTControlCharacters` knows only some of them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const COLOURS = /\u001b\[[0-9:;]*m/g;

/** Takes out the colours that {@link sanitizeTerminalText} keeps. */
export function stripColours(sanitized: string): string {
  return sanitized.replace(COLOURS, '');
}
