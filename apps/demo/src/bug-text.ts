import { sanitizeTerminalText } from '@sandpod/core';

/** An error that nobody expected, for the terminal of the demo; a guest may have had a hand in its words. */
export function bugText(error: unknown): string {
  return `demo: ${sanitizeTerminalText(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`;
}
