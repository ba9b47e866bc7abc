import type { CodeExecutionInput } from '@google/adk';

/**
 * Converts ADK's arguments to program arguments. Like ADK's built-in executor, passes the elements of a list as they are, and each entry of
 * a record as `--name value`.
 */
export function toArguments(args: CodeExecutionInput['args']): string[] {
  if (args === undefined) return [];
  return Array.isArray(args) ? args : Object.entries(args).flatMap(([name, value]) => [`--${name}`, String(value)]);
}
