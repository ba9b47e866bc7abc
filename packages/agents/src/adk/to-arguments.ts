import type { CodeExecutionInput } from '@google/adk';

/** Converts ADK's arguments to program arguments: a list is passed as is, a record as `--name value`, as in ADK's built-in executor. */
export function toArguments(args: CodeExecutionInput['args']): string[] {
  if (args === undefined) return [];
  return Array.isArray(args) ? args : Object.entries(args).flatMap(([name, value]) => [`--${name}`, String(value)]);
}
