import { TerminalSanitizer } from './terminal-sanitizer.ts';

/**
 * Makes guest output harmless on a terminal: text, line breaks, tabs and colours stay, everything else that a terminal
 * would obey is dropped. A lone CR becomes a line break, so that nothing can be written over.
 */
export function sanitizeTerminalText(text: string): string {
  const sanitizer = new TerminalSanitizer();
  return sanitizer.push(text) + sanitizer.end();
}
