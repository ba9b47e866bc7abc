import { sanitizeTerminalText, stripColours } from '@sandpod/core';
import { revealFormat } from '@sandpod/core/text';

/**
 * Makes a text safe to print as a single line without colors. The text may come from a guest, such as a file name or an error message.
 * Invisible characters become escapes such as `\u{202e}`.
 */
export function safeLine(text: string): string {
  return stripColours(sanitizeTerminalText(revealFormat(text)))
    .replace(/[\r\n\t]+/g, ' ')
    .trim();
}
