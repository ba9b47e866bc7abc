import { sanitizeTerminalText, stripColours } from '@sandpod/core';

/** Makes a text safe to print as a single line without colours: it may contain guest text, such as a file name or an error message. */
export function safeLine(text: string): string {
  return stripColours(sanitizeTerminalText(text))
    .replace(/[\r\n\t]+/g, ' ')
    .trim();
}
