import { sanitizeTerminalText, stripColours } from '@sandpod/core';

/** Makes one safe line, without colours, of a text that may hold what a guest wrote: a reason, a file name, an error message. */
export function ownText(text: string): string {
  return stripColours(sanitizeTerminalText(text))
    .replace(/[\r\n\t]+/g, ' ')
    .trim();
}
