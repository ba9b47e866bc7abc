import { sanitizeTerminalText } from '@sandpod/core';

/** Formats an unexpected error for the demo's terminal. Its text may contain guest output. */
export function bugText(error: unknown): string {
  return `demo: ${sanitizeTerminalText(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`;
}
