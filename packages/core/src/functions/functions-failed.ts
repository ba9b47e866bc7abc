import type { RunResult } from '../contract/process.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import { sanitizeTerminalText } from '../output/sanitize-terminal-text.ts';

const SHOWN_CHARACTERS = 2_000;

/** Creates the error for functions that could not be set up. The message contains the end of Python's output. */
export function functionsFailed(
  what: string,
  options: { readonly result?: RunResult; readonly advice?: string; readonly isRetryable?: boolean; readonly cause?: unknown },
): SandpodError {
  const { result, ...rest } = options;
  const output = result === undefined ? '' : result.stderr.trim() || result.stdout.trim();
  const text = sanitizeTerminalText(output.slice(-SHOWN_CHARACTERS));
  return new SandpodError({ code: 'functions-failed', message: text === '' ? what : `${what}\n${text}`, ...rest });
}
